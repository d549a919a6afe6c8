// For production behind private endpoints, with GPU nodes and virtual nodes v2.
using 'main.bicep'

param private = true
param storageSku = 'Standard_ZRS'
param freeTier = false
param completionTopic = true
param virtualNodesKind = 'v2'
param systemPool = { size: 'Standard_D4as_v5', minNodes: 2, maxNodes: 5 }
param computePool = { size: 'Standard_D8as_v5', minNodes: 0, maxNodes: 20 }
param gpuPool = { size: 'Standard_NC4as_T4_v3', minNodes: 0, maxNodes: 4 }
// Log Analytics has public endpoints: true, if that is allowed.
param logs = false
