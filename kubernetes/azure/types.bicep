@export()
@description('A node pool of the cluster; the autoscaler keeps its nodes between the two numbers.')
type pool = {
  @description('Size of the virtual machines, such as Standard_D4as_v5.')
  size: string

  @minValue(0)
  minNodes: int

  @maxValue(1000)
  maxNodes: int
}

@export()
@description('Off, or how pods get onto Azure Container Instances: v1 is the add-on of AKS, v2 a chart that is installed afterwards.')
type virtualNodes = 'off' | 'v1' | 'v2'

@export()
@description('A right of an identity on a container or a queue.')
type grant = {
  @description('Name of the identity.')
  identity: string

  @description('Name of the container or queue.')
  to: string

  role: 'blobContributor' | 'blobReader' | 'queueContributor' | 'queueReader' | 'queueSender'
}

@export()
@description('Ids of the roles that are built into Azure.')
var roles = {
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
  aksRbacClusterAdmin: 'b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b'
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
  containerInstancesContributor: '5d977122-f97e-4b4d-a52f-6b43003ddb4d'
  eventGridSender: 'd5a91429-5739-47e2-a06b-3470a27159e7'
  networkContributor: '4d97b98b-1d4f-4787-a291-c67834d212e7'
  queueContributor: '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  queueReader: '19e7f393-937e-4f77-808e-94535e297925'
  queueSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'
}

@export()
@description('Full id of a role.')
func roleId(id string) string => subscriptionResourceId('Microsoft.Authorization/roleDefinitions', id)

@export()
@description('Values of the chart.')
type chartValues = {
  image: { registry: string }
  workloadIdentity: {
    clientId: string
    gateway: { clientId: string }
    watcher: { clientId: string }
    keda: { clientId: string }
  }
  storage: {
    storageAccountName: string
    inputQueueName: string
    inputStorageContainerName: string
    outputStorageContainerName: string
  }

  @description('Variables of the README, for all services.')
  settings: { *: string }
}
