metadata description = 'The topic that the ends of jobs are told to; whoever wants to know subscribes to it.'

import { roleId, roles } from '../types.bicep'

param location string
param name string
param private bool

@description('Identity that publishes.')
param publisher string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: publisher
}

resource topic 'Microsoft.EventGrid/topics@2025-02-15' = {
  name: name
  location: location
  properties: {
    inputSchema: 'EventGridSchema'
    disableLocalAuth: true
    minimumTlsVersionAllowed: '1.2'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }
}

resource publish 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: topic
  name: guid(topic.id, identity.id, 'eventGridSender')
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleId(roles.eventGridSender)
  }
}

output endpoint string = topic.properties.endpoint
