// As main, but with virtual nodes by the add-on of AKS (v1): nothing to install, no node set aside for them. Their pods have
// no identity: they get a SAS each, which the account's key signs.
using 'main.bicep'

param virtualNodesKind = 'v1'
param sharedKeyAccess = true
param completionTopic = true
param inputContainers = ['reference-data']
