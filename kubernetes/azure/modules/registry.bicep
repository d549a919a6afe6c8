metadata description = 'The registry of the images.'

param location string
param name string
param private bool

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' = {
  name: name
  location: location
  // Only this one has private endpoints.
  sku: { name: private ? 'Premium' : 'Basic' }
  properties: {
    adminUserEnabled: false
    anonymousPullEnabled: false
    networkRuleBypassOptions: private ? 'AzureServices' : 'None'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }
}

output loginServer string = registry.properties.loginServer
