// What most begin with: workers from zero, bursts onto virtual nodes, a topic for the ends of jobs.
using 'main.bicep'

param virtualNodesKind = 'v2'
param completionTopic = true
// A virtual node needs 3 cores and 12 GiB of one of them.
param systemPool = { size: 'Standard_D4as_v5', minNodes: 2, maxNodes: 4 }
