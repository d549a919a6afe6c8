metadata description = 'The network of the cluster: nodes, virtual nodes, private endpoints.'

import { virtualNodes } from '../types.bicep'

param location string
param name string
param virtualNodesKind virtualNodes
param private bool

@description('Whether all that leaves the network does so through a gateway of its own.')
param ownGateway bool

var throughGateway = ownGateway ? { natGateway: { id: gateway.id } } : {}

resource address 'Microsoft.Network/publicIPAddresses@2025-05-01' = if (ownGateway) {
  name: 'pip-${name}'
  location: location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource gateway 'Microsoft.Network/natGateways@2025-05-01' = if (ownGateway) {
  name: 'ng-${name}'
  location: location
  sku: { name: 'Standard' }
  properties: {
    publicIpAddresses: [{ id: address.id }]
  }
}

var nodes = [
  {
    name: 'nodes'
    properties: { addressPrefix: '10.240.0.0/16', ...throughGateway }
  }
]

// The chart of virtual nodes v2 expects this name.
var burst = virtualNodesKind == 'off'
  ? []
  : [
      {
        name: 'cg'
        properties: {
          addressPrefix: '10.241.0.0/16'
          delegations: [
            {
              name: 'containerGroups'
              properties: { serviceName: 'Microsoft.ContainerInstance/containerGroups' }
            }
          ]
          ...throughGateway
        }
      }
    ]

// Virtual nodes v2 use these addresses inside: nobody else may.
var reserved = virtualNodesKind == 'v2'
  ? [{ name: 'default', properties: { addressPrefix: '10.0.0.0/24', defaultOutboundAccess: false } }]
  : []

var endpoints = private
  ? [{ name: 'endpoints', properties: { addressPrefix: '10.242.0.0/24', defaultOutboundAccess: false } }]
  : []

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: concat(['10.240.0.0/14'], virtualNodesKind == 'v2' ? ['10.0.0.0/24'] : []) }
    subnets: concat(nodes, burst, reserved, endpoints)
  }
}
