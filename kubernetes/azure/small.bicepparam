// To try it out, for little money: one small node, four more under load, no virtual nodes, no logs.
using 'main.bicep'

param systemPool = { size: 'Standard_D2as_v5', minNodes: 1, maxNodes: 2 }
param computePool = { size: 'Standard_D4as_v5', minNodes: 0, maxNodes: 4 }
param deleteRunsAfterDays = 7
param logs = false
