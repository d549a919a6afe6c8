metadata description = 'The cluster: node pools that scale, KEDA, workload identity, virtual nodes.'

import { pool, roleId, roles, virtualNodes } from '../types.bicep'

param location string
param name string
param nodeResourceGroup string
@description('Identity of the control plane.')
param identityName string

param networkName string
param ownGateway bool
param private bool
param systemPool pool
param computePool pool
param gpuPool pool?
param virtualNodesKind virtualNodes
param freeTier bool

@description('Workspace and rule of the logs; without them none are collected.')
param logs { workspace: string, rule: string }?

@description('Object id of whoever administers the cluster.')
param administratorId string

var nodes = network::nodes.id

var systemNodes = {
  name: 'system'
  mode: 'System'
  osType: 'Linux'
  vmSize: systemPool.size
  vnetSubnetID: nodes
  enableAutoScaling: true
  count: max(1, systemPool.minNodes)
  minCount: max(1, systemPool.minNodes)
  maxCount: systemPool.maxNodes
}

var computeNodes = {
  name: 'compute'
  mode: 'User'
  osType: 'Linux'
  vmSize: computePool.size
  vnetSubnetID: nodes
  enableAutoScaling: true
  count: computePool.minNodes
  minCount: computePool.minNodes
  maxCount: computePool.maxNodes
}

var gpuNodes = gpuPool == null
  ? []
  : [
      {
        name: 'gpu'
        mode: 'User'
        osType: 'Linux'
        vmSize: gpuPool!.size
        vnetSubnetID: nodes
        enableAutoScaling: true
        count: gpuPool!.minNodes
        minCount: gpuPool!.minNodes
        maxCount: gpuPool!.maxNodes
        nodeTaints: ['nvidia.com/gpu=present:NoSchedule']
      }
    ]

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource network 'Microsoft.Network/virtualNetworks@2025-05-01' existing = {
  name: networkName

  resource nodes 'subnets' existing = {
    name: 'nodes'
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' existing = {
  name: logs.?workspace ?? 'none'
}

resource rule 'Microsoft.Insights/dataCollectionRules@2024-03-11' existing = {
  name: logs.?rule ?? 'none'
}

resource cluster 'Microsoft.ContainerService/managedClusters@2026-01-01' = {
  name: name
  location: location
  sku: { name: 'Base', tier: freeTier ? 'Free' : 'Standard' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    dnsPrefix: name
    nodeResourceGroup: nodeResourceGroup
    agentPoolProfiles: concat([systemNodes, computeNodes], gpuNodes)
    disableLocalAccounts: true
    aadProfile: { managed: true, enableAzureRBAC: true }
    apiServerAccessProfile: { enablePrivateCluster: private }
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' }
    // A burst is over in minutes: nodes that it leaves empty go soon.
    autoScalerProfile: { 'scale-down-unneeded-time': '5m', 'scale-down-delay-after-add': '5m' }
    oidcIssuerProfile: { enabled: true }
    securityProfile: { workloadIdentity: { enabled: true } }
    workloadAutoScalerProfile: { keda: { enabled: true } }
    networkProfile: {
      networkPlugin: 'azure'
      networkPolicy: 'calico'
      outboundType: ownGateway ? 'userAssignedNATGateway' : 'loadBalancer'
      serviceCidr: '10.4.0.0/16'
      dnsServiceIP: '10.4.0.10'
    }
    addonProfiles: {
      aciConnectorLinux: {
        enabled: virtualNodesKind == 'v1'
        config: virtualNodesKind == 'v1' ? { SubnetName: 'cg' } : {}
      }
      omsagent: {
        enabled: logs != null
        config: logs == null ? {} : { logAnalyticsWorkspaceResourceID: workspace.id, useAADAuth: 'true' }
      }
    }
  }
}

resource administrator 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: cluster
  name: guid(cluster.id, administratorId, 'clusterAdmin')
  properties: {
    principalId: administratorId
    roleDefinitionId: roleId(roles.aksRbacClusterAdmin)
  }
}

resource collection 'Microsoft.Insights/dataCollectionRuleAssociations@2024-03-11' = if (logs != null) {
  scope: cluster
  name: 'ContainerInsightsExtension'
  properties: { dataCollectionRuleId: rule.id }
}
