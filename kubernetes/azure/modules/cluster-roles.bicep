metadata description = 'What nodes may outside the cluster: pull images, and put pods into the network that virtual nodes are in.'

import { roleId, roles, virtualNodes } from '../types.bicep'

param clusterName string
param registryName string
param networkName string
param virtualNodesKind virtualNodes

resource cluster 'Microsoft.ContainerService/managedClusters@2026-01-01' existing = {
  name: clusterName
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {
  name: registryName
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, cluster.id, 'acrPull')
  properties: {
    principalId: cluster.properties.identityProfile.kubeletidentity.objectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleId(roles.acrPull)
  }
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' existing = {
  name: networkName

  resource burst 'subnets' existing = {
    name: 'cg'
  }
}

resource join 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (virtualNodesKind != 'off') {
  scope: network::burst
  name: guid(network::burst.id, cluster.id, virtualNodesKind)
  properties: {
    principalId: virtualNodesKind == 'v1'
      ? cluster.properties.addonProfiles.aciConnectorLinux.identity.objectId
      : cluster.properties.identityProfile.kubeletidentity.objectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleId(roles.networkContributor)
  }
}

resource containerGroups 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (virtualNodesKind == 'v2') {
  name: guid(resourceGroup().id, cluster.id, 'containerInstancesContributor')
  properties: {
    principalId: cluster.properties.identityProfile.kubeletidentity.objectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleId(roles.containerInstancesContributor)
  }
}
