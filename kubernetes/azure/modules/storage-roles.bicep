metadata description = 'Rights on storage, each for one container or queue.'

import { grant, roleId, roles } from '../types.bicep'

param accountName string
param containerGrants grant[]
param queueGrants grant[]

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: accountName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }

  resource queues 'queueServices' existing = {
    name: 'default'
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2025-06-01' existing = [
  for grant in containerGrants: {
    parent: account::blobs
    name: grant.to
  }
]

resource ofContainer 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for grant in containerGrants: {
    name: grant.identity
  }
]

resource onContainer 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in containerGrants: {
    scope: container[i]
    name: guid(container[i].id, ofContainer[i].id, grant.role)
    properties: {
      principalId: ofContainer[i].properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: roleId(roles[grant.role])
    }
  }
]

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-06-01' existing = [
  for grant in queueGrants: {
    parent: account::queues
    name: grant.to
  }
]

resource ofQueue 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for grant in queueGrants: {
    name: grant.identity
  }
]

resource onQueue 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in queueGrants: {
    scope: queue[i]
    name: guid(queue[i].id, ofQueue[i].id, grant.role)
    properties: {
      principalId: ofQueue[i].properties.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: roleId(roles[grant.role])
    }
  }
]
