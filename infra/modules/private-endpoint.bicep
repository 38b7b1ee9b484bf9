// One private way to one service: its endpoint, and where the endpoint's name is registered.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the endpoint.')
param name string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Subnet of the endpoint.')
param subnetId string

@description('Required. Resource that is reached.')
param serviceId string

@description('Required. Which of the resource\'s services: vault, blob or table.')
param groupId 'vault' | 'blob' | 'table'

@description('Required. Private DNS zone of that service; empty where a policy registers endpoints.')
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
