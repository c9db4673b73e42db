// Containers of the forecast. The app makes those that are missing; here they are made private whoever is first.
@description('The storage account of the app.')
param storageAccountName string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'
  }
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = [for name in ['forecast-history', 'forecast-reports', 'forecast-models']: {
  parent: account::blobs
  name: name
  properties: {
    publicAccess: 'None'
  }
}]
