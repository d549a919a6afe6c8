metadata description = 'The identity of the control plane of the cluster: it has its right on the network before there is a cluster.'

import { roleId, roles } from '../types.bicep'

param location string
param name string
param networkName string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' existing = {
  name: networkName

  resource nodes 'subnets' existing = {
    name: 'nodes'
  }
}

resource join 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: network::nodes
  name: guid(network::nodes.id, identity.id, 'networkContributor')
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleId(roles.networkContributor)
  }
}
