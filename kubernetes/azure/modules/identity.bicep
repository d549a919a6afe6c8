metadata description = 'An identity for a service account of the cluster.'

param location string
param name string
param clusterName string

@description('Whose tokens the identity takes.')
param serviceAccount { namespace: string, name: string }

resource cluster 'Microsoft.ContainerService/managedClusters@2026-01-01' existing = {
  name: clusterName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location

  resource federation 'federatedIdentityCredentials' = {
    name: serviceAccount.name
    properties: {
      issuer: cluster.properties.oidcIssuerProfile.issuerURL
      subject: 'system:serviceaccount:${serviceAccount.namespace}:${serviceAccount.name}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
}

output clientId string = identity.properties.clientId
