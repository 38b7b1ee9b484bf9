import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the endpoint.')
param name string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Resource id of the endpoint\'s subnet.')
param subnetId string

@description('Required. Resource id of the vault or the storage account.')
param serviceId string

@description('Required. Service of that resource to connect to.')
param groupId 'vault' | 'blob' | 'table'

@description('Required. Resource id of the service\'s private DNS zone. Empty if a policy or a person creates the DNS record.')
param dnsZoneId string

resource endpoint 'Microsoft.Network/privateEndpoints@2025-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    customNetworkInterfaceName: 'nic-${name}'
    privateLinkServiceConnections: [
      { name: groupId, properties: { privateLinkServiceId: serviceId, groupIds: [groupId] } }
    ]
  }

  resource records 'privateDnsZoneGroups' = if (!empty(dnsZoneId)) {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: groupId, properties: { privateDnsZoneId: dnsZoneId } }] }
  }
}
