// One private way to one service: endpoint, DNS zone, and the link that makes the network resolve it.
import { tags as tagsType } from '../types.bicep'

@description('Required. Name of the endpoint.')
param name string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Subnet of the endpoint.')
param subnetId string

@description('Required. Network that resolves the zone.')
param networkId string

@description('Required. Resource that is reached.')
param serviceId string

@description('Required. Which of the resource\'s services: vault or blob.')
param groupId 'vault' | 'blob'

@description('Required. Private DNS zone of that service.')
param zoneName string

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

  resource records 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: groupId, properties: { privateDnsZoneId: zone.id } }] }
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags

  resource link 'virtualNetworkLinks' = {
    name: 'app-network'
    location: 'global'
    tags: tags
    properties: { virtualNetwork: { id: networkId }, registrationEnabled: false }
  }
}
