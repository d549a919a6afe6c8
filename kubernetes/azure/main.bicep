metadata name = 'Freshet on Azure'
metadata description = 'All that Freshet needs, into an empty resource group. Identities open it, and no key does.'

import { chartValues, pool, virtualNodes } from 'types.bicep'

@description('Begins the name of every resource.')
@minLength(3)
@maxLength(20)
param name string = 'freshet'

param location string = resourceGroup().location

@description('Namespace of the cluster that Freshet is installed in.')
param namespace string = 'freshet'

@description('Begins the names of the service accounts: gateway, watcher, worker.')
param serviceAccountPrefix string = 'freshet-'

@description('Service account of the KEDA operator; the add-on\'s, unless KEDA was installed otherwise.')
param kedaServiceAccount { namespace: string, name: string } = { namespace: 'kube-system', name: 'keda-operator' }

@description('CONTAINER')
param container string = 'jobs'

@description('INPUTSTORAGECONTAINERNAME')
param inputStorageContainerName string = 'input'

@description('OUTPUTSTORAGECONTAINERNAME')
param outputStorageContainerName string = 'output'

@description('QUEUEPREFIX')
param queuePrefix string = ''

@description('WORKQUEUE')
param workQueue string = 'work'
@description('PRIORITYQUEUE')
param priorityQueue string = 'priority'

@description('INPUTQUEUE')
param inputQueue string = 'input'

@description('EVENTSQUEUE')
param eventsQueue string = 'events'

@description('CONTROLQUEUE')
param controlQueue string = 'control'

@description('INPUTCONTAINERS: containers whose blobs everybody who reaches the gateway may use as inputs.')
param inputContainers string[] = []

@description('Container of events that could not be delivered.')
param deadLetters string = 'dead-letters'

@description('Blobs of runs that nobody has written for so many days are deleted; 0 keeps them. More than RETENTION, and than the longest run takes.')
@minValue(0)
param deleteRunsAfterDays int = 90

@description('How often storage keeps each blob, and where: Standard_LRS, Standard_ZRS, …')
param storageSku 'Standard_LRS' | 'Standard_ZRS' | 'Standard_GRS' | 'Standard_GZRS' = 'Standard_LRS'

@description('Lets the account\'s key in, too: it signs for pods on virtual nodes v1, which have no identity.')
param sharedKeyAccess bool = false

@description('A topic that the ends of jobs are told to (EVENTGRIDENDPOINT).')
param completionTopic bool = false

@description('Collects the logs of all pods. Log Analytics has public endpoints, for identities that have a right on it.')
param logs bool = true

@description('No more logs are taken in on a day after so many gigabytes.')
@minValue(1)
param logsDailyGigabytes int = 1

@description('Nodes for gateway, watcher and what Kubernetes itself runs.')
param systemPool pool = { size: 'Standard_D4as_v5', minNodes: 1, maxNodes: 3 }

@description('Nodes for workers; none while there is nothing to do.')
param computePool pool = { size: 'Standard_D4as_v5', minNodes: 0, maxNodes: 10 }

@description('Nodes for jobs with gpu=; there is no such pool without it.')
param gpuPool pool?

param virtualNodesKind virtualNodes = 'off'

@description('No public endpoint lets anybody in: storage, registry, topic and API server are reached from the network only.')
param private bool = false

@description('A control plane without guaranteed uptime, which costs nothing.')
param freeTier bool = true

@description('Object id of whoever administers the cluster: whoever deploys, unless it is set.')
param administratorId string = deployer().objectId

var suffix = uniqueString(resourceGroup().id)
var words = replace(name, '-', '')
var clusterName = 'aks-${name}'
var nodeResourceGroup = '${resourceGroup().name}-nodes'
// Names that are one's own in all of Azure.
var storageName = 'st${take(words, 9)}${suffix}'
var registryName = 'cr${words}${suffix}'
var networkName = 'vnet-${name}'
var workspaceName = 'log-${name}'
var ruleName = 'dcr-${name}'
var completionsName = 'evgt-${name}-completions-${suffix}'
var identities = {
  controlPlane: 'id-${name}-control-plane'
  gateway: 'id-${name}-gateway'
  worker: 'id-${name}-worker'
  watcher: 'id-${name}-watcher'
  keda: 'id-${name}-keda'
}
var queues = {
  work: '${queuePrefix}${workQueue}'
  priority: '${queuePrefix}${priorityQueue}'
  input: '${queuePrefix}${inputQueue}'
  events: '${queuePrefix}${eventsQueue}'
  control: '${queuePrefix}${controlQueue}'
}
// Pods on virtual nodes have no other way out, and behind private endpoints nodes have none either.
var ownGateway = virtualNodesKind != 'off' || private

module storage 'modules/storage.bicep' = {
  params: {
    location: location
    name: storageName
    sku: storageSku
    containers: union([container, inputStorageContainerName, outputStorageContainerName, deadLetters], inputContainers)
    queues: flatten(map(items(queues), queue => [queue.value, '${queue.value}-poison']))
    deleteRunsAfterDays: deleteRunsAfterDays
    // Runs lie in folders named by their month. Markers, instances and keys stay: they say what is still there.
    folders: [
      '${container}/20'
      '${container}/steps/'
      '${inputStorageContainerName}/'
      '${outputStorageContainerName}/'
      '${deadLetters}/'
    ]
    sharedKeyAccess: sharedKeyAccess
    private: private
  }
}

module registry 'modules/registry.bicep' = {
  params: {
    location: location
    name: registryName
    private: private
  }
}

module network 'modules/network.bicep' = {
  params: {
    location: location
    name: networkName
    virtualNodesKind: virtualNodesKind
    private: private
    ownGateway: ownGateway
  }
}

module logCollection 'modules/logs.bicep' = if (logs) {
  params: {
    location: location
    workspaceName: workspaceName
    ruleName: ruleName
    dailyGigabytes: logsDailyGigabytes
  }
}

module controlPlane 'modules/control-plane.bicep' = {
  params: {
    location: location
    name: identities.controlPlane
    networkName: networkName
  }
  dependsOn: [network]
}

module cluster 'modules/cluster.bicep' = {
  params: {
    location: location
    name: clusterName
    nodeResourceGroup: nodeResourceGroup
    identityName: identities.controlPlane
    networkName: networkName
    ownGateway: ownGateway
    private: private
    systemPool: systemPool
    computePool: computePool
    gpuPool: gpuPool
    virtualNodesKind: virtualNodesKind
    freeTier: freeTier
    logs: logs ? { workspace: workspaceName, rule: ruleName } : null
    administratorId: administratorId
  }
  dependsOn: [controlPlane, logCollection]
}

module clusterRoles 'modules/cluster-roles.bicep' = {
  params: {
    clusterName: clusterName
    registryName: registryName
    networkName: networkName
    virtualNodesKind: virtualNodesKind
  }
  dependsOn: [cluster, registry]
}

module gateway 'modules/identity.bicep' = {
  params: {
    location: location
    name: identities.gateway
    clusterName: clusterName
    serviceAccount: { namespace: namespace, name: '${serviceAccountPrefix}gateway' }
  }
  dependsOn: [cluster]
}

module worker 'modules/identity.bicep' = {
  params: {
    location: location
    name: identities.worker
    clusterName: clusterName
    serviceAccount: { namespace: namespace, name: '${serviceAccountPrefix}worker' }
  }
  dependsOn: [cluster]
}

module watcher 'modules/identity.bicep' = {
  params: {
    location: location
    name: identities.watcher
    clusterName: clusterName
    serviceAccount: { namespace: namespace, name: '${serviceAccountPrefix}watcher' }
  }
  dependsOn: [cluster]
}

module keda 'modules/identity.bicep' = {
  params: {
    location: location
    name: identities.keda
    clusterName: clusterName
    serviceAccount: kedaServiceAccount
  }
  dependsOn: [cluster]
}

module roles 'modules/storage-roles.bicep' = {
  params: {
    accountName: storageName
    containerGrants: concat(
      [
        { identity: identities.gateway, to: container, role: 'blobContributor' }
        { identity: identities.worker, to: container, role: 'blobContributor' }
        { identity: identities.worker, to: inputStorageContainerName, role: 'blobContributor' }
        { identity: identities.worker, to: outputStorageContainerName, role: 'blobContributor' }
        { identity: identities.watcher, to: container, role: 'blobContributor' }
        { identity: identities.watcher, to: inputStorageContainerName, role: 'blobContributor' }
        { identity: identities.watcher, to: outputStorageContainerName, role: 'blobContributor' }
      ],
      map(inputContainers, inputs => { identity: identities.gateway, to: inputs, role: 'blobReader' }),
      map(inputContainers, inputs => { identity: identities.worker, to: inputs, role: 'blobReader' })
    )
    // Whoever takes messages also prolongs them, which Storage Queue Data Message Processor may not.
    queueGrants: [
      { identity: identities.gateway, to: queues.control, role: 'queueSender' }
      { identity: identities.worker, to: queues.work, role: 'queueContributor' }
      { identity: identities.worker, to: '${queues.work}-poison', role: 'queueSender' }
      { identity: identities.worker, to: queues.priority, role: 'queueContributor' }
      { identity: identities.worker, to: '${queues.priority}-poison', role: 'queueSender' }
      { identity: identities.worker, to: queues.input, role: 'queueContributor' }
      { identity: identities.worker, to: '${queues.input}-poison', role: 'queueSender' }
      { identity: identities.worker, to: queues.control, role: 'queueSender' }
      { identity: identities.watcher, to: queues.events, role: 'queueContributor' }
      { identity: identities.watcher, to: '${queues.events}-poison', role: 'queueSender' }
      { identity: identities.watcher, to: queues.control, role: 'queueContributor' }
      { identity: identities.watcher, to: '${queues.control}-poison', role: 'queueSender' }
      { identity: identities.watcher, to: queues.work, role: 'queueSender' }
      { identity: identities.watcher, to: queues.work, role: 'queueReader' }
      { identity: identities.watcher, to: queues.priority, role: 'queueSender' }
      { identity: identities.watcher, to: queues.priority, role: 'queueReader' }
      { identity: identities.watcher, to: queues.input, role: 'queueSender' }
      { identity: identities.watcher, to: queues.input, role: 'queueReader' }
      { identity: identities.keda, to: queues.work, role: 'queueReader' }
      { identity: identities.keda, to: queues.priority, role: 'queueReader' }
      { identity: identities.keda, to: queues.input, role: 'queueReader' }
    ]
  }
  dependsOn: [storage, gateway, worker, watcher, keda]
}

module events 'modules/events.bicep' = {
  params: {
    location: location
    name: 'evgt-${name}-storage'
    accountName: storageName
    queueName: queues.events
    deadLetters: deadLetters
    runs: container
    outputs: outputStorageContainerName
  }
  dependsOn: [storage]
}

module completions 'modules/completions.bicep' = if (completionTopic) {
  params: {
    location: location
    name: completionsName
    private: private
    publisher: identities.watcher
  }
  dependsOn: [watcher]
}

var accountId = resourceId('Microsoft.Storage/storageAccounts', storageName)
var endpoints = concat(
  [
    { group: 'blob', id: accountId, zone: 'privatelink.blob.${environment().suffixes.storage}' }
    { group: 'queue', id: accountId, zone: 'privatelink.queue.${environment().suffixes.storage}' }
    {
      group: 'registry'
      id: resourceId('Microsoft.ContainerRegistry/registries', registryName)
      zone: 'privatelink${environment().suffixes.acrLoginServer}'
    }
  ],
  completionTopic
    ? [
        {
          group: 'topic'
          id: resourceId('Microsoft.EventGrid/topics', completionsName)
          zone: 'privatelink.eventgrid.azure.net'
        }
      ]
    : []
)

module privateEndpoint 'modules/private-endpoint.bicep' = [
  for endpoint in endpoints: if (private) {
    params: {
      location: location
      name: 'pe-${name}-${endpoint.group}'
      networkName: networkName
      serviceId: endpoint.id
      group: endpoint.group
      zone: endpoint.zone
    }
    dependsOn: [network, storage, registry, completions]
  }
]

output clusterName string = clusterName
output registryName string = registryName

@description('What the chart takes as it is: helm install --values.')
output values chartValues = {
  image: { registry: registry.outputs.loginServer }
  workloadIdentity: {
    // of workers, and of whoever has none of his own
    clientId: worker.outputs.clientId
    gateway: { clientId: gateway.outputs.clientId }
    watcher: { clientId: watcher.outputs.clientId }
    keda: { clientId: keda.outputs.clientId }
  }
  storage: {
    storageAccountName: storageName
    inputQueueName: inputQueue
    inputStorageContainerName: inputStorageContainerName
    outputStorageContainerName: outputStorageContainerName
  }
  settings: {
    STORAGESUFFIX: environment().suffixes.storage
    CONTAINER: container
    QUEUEPREFIX: queuePrefix
    WORKQUEUE: workQueue
    PRIORITYQUEUE: priorityQueue
    EVENTSQUEUE: eventsQueue
    CONTROLQUEUE: controlQueue
    INPUTCONTAINERS: join(inputContainers, ',')
    EVENTGRIDENDPOINT: completions.?outputs.endpoint ?? ''
    // How many parts make a job burst; 0 is never.
    ACICOMPLETIONSTRIGGER: virtualNodesKind == 'off' ? '0' : '6'
    ACINODES: virtualNodesKind == 'off' ? 'v1' : virtualNodesKind
  }
}
