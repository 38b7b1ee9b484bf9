// The template's own network: the app joins it, the vault and the storage account are reached
// through it, and nothing else is.
import { tags as tagsType } from '../types.bicep'

@description('Required. The part of every name that says workload and environment.')
param suffix string

@description('Required. Region, the resource group\'s.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Tags of the DNS zones, which take no spaces or parentheses: the product\'s own alone. https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations')
param zoneTags tagsType

@description('Required. Address space, a /24: half of it for the app.')
param addressPrefix string

@description('Required. true sends everything that leaves through one static address, for 8x8\'s allow list.')
param natGateway bool

@description('Required. Address range of a further subnet for who seeds secrets; empty for none.')
param operatorSubnet string

@description('Required. Names of the private DNS zones.')
param zoneNames { *: string }

var appPrefix = cidrSubnet(addressPrefix, 25, 0)
var endpointPrefix = cidrSubnet(addressPrefix, 25, 1)

// What the app may reach; its network may be peered with others. 8x8 publishes no addresses, so
// HTTPS to all stays open. The rest is what Container Apps documents for subnets that are delegated
// to it, as the app's is.
// https://learn.microsoft.com/azure/container-apps/firewall-integration#outbound
var waysOut = [
  { name: 'inside', why: 'The platform\'s own parts talk to each other.', protocol: '*', to: appPrefix, port: '*' }
  { name: 'endpoints', why: 'Vault and storage.', protocol: 'Tcp', to: endpointPrefix, port: '443' }
  {
    name: 'internet'
    why: '8x8, telemetry, the platform, the keys of Okta\'s tokens.'
    protocol: 'Tcp'
    to: 'Internet'
    port: '443'
  }
  { name: 'names', why: 'Azure\'s own DNS.', protocol: '*', to: '168.63.129.16', port: '53' }
  { name: 'clock', why: 'The instances set their clocks.', protocol: 'Udp', to: 'Internet', port: '123' }
]

var nothingElseComesIn = {
  name: 'nothing-else'
  properties: {
    description: 'The default rules would let the network use every port.'
    priority: 4096
    direction: 'Inbound'
    access: 'Deny'
    protocol: '*'
    sourceAddressPrefix: '*'
    sourcePortRange: '*'
    destinationAddressPrefix: '*'
    destinationPortRange: '*'
  }
}

resource appRules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: 'nsg-app-${suffix}'
  location: location
  tags: tags
  properties: {
    securityRules: concat(
      map(waysOut, (way, i) => {
        name: way.name
        properties: {
          description: way.why
          priority: 100 + 10 * i
          direction: 'Outbound'
          access: 'Allow'
          protocol: way.protocol
          // Not appPrefix: instances, and the service that takes a package, may come from addresses
          // outside of it. The rules are of the app's subnet alone.
          // https://github.com/Azure/azure-functions-host/issues/10620
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: way.to
          destinationPortRange: way.port
        }
      }),
      [
        {
          name: 'nothing-else'
          properties: {
            description: 'The default rules would let the app go anywhere.'
            priority: 4096
            direction: 'Outbound'
            access: 'Deny'
            protocol: '*'
            sourceAddressPrefix: '*'
            sourcePortRange: '*'
            destinationAddressPrefix: '*'
            destinationPortRange: '*'
          }
        }
      ]
    )
  }
}

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: 'nsg-endpoints-${suffix}'
  location: location
  tags: tags
  properties: {
    securityRules: [
      {
        name: 'https'
        properties: {
          // From any address, as above: an endpoint has a private address, so only the network and
          // those that are peered with it reach it.
          description: 'The app speaks HTTPS to vault and storage.'
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
        }
      }
      nothingElseComesIn
    ]
  }
}

// By SSH from the network and those that are peered with it, and from Bastion Developer, whose
// address Microsoft documents. https://learn.microsoft.com/azure/bastion/quickstart-developer
resource operatorRules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = if (!empty(operatorSubnet)) {
  name: 'nsg-operators-${suffix}'
  location: location
  tags: tags
  properties: {
    securityRules: concat(
      map(
        [
          { name: 'ssh-from-the-network', from: 'VirtualNetwork' }
          { name: 'ssh-from-bastion', from: '168.63.129.16' }
        ],
        (way, i) => {
          name: way.name
          properties: {
            description: 'Operators sign in to their machine.'
            priority: 100 + 10 * i
            direction: 'Inbound'
            access: 'Allow'
            protocol: 'Tcp'
            sourceAddressPrefix: way.from
            sourcePortRange: '*'
            destinationAddressPrefix: '*'
            destinationPortRange: '22'
          }
        }
      ),
      [nothingElseComesIn]
    )
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2025-05-01' = if (natGateway) {
  name: 'pip-${suffix}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static', publicIPAddressVersion: 'IPv4' }
}

// In one zone. StandardV2 is in all of them, but cannot be attached to subnets delegated to
// Container Apps, as this one is.
// https://learn.microsoft.com/azure/nat-gateway/nat-sku#known-limitations
resource gateway 'Microsoft.Network/natGateways@2025-05-01' = if (natGateway) {
  name: 'ng-${suffix}'
  location: location
  tags: tags
  sku: { name: 'Standard' }
  properties: {
    idleTimeoutInMinutes: 4
    publicIpAddresses: [{ id: address.id }]
  }
}

var subnets = [
  {
    name: 'app'
    properties: {
      addressPrefix: appPrefix
      // Without a gateway the app still has to reach 8x8, by Azure's default way out.
      defaultOutboundAccess: !natGateway
      natGateway: natGateway ? { id: gateway.id } : null
      networkSecurityGroup: { id: appRules.id }
      delegations: [{ name: 'flex-consumption', properties: { serviceName: 'Microsoft.App/environments' } }]
    }
  }
  {
    name: 'endpoints'
    properties: {
      addressPrefix: endpointPrefix
      defaultOutboundAccess: false
      networkSecurityGroup: { id: endpointRules.id }
      privateEndpointNetworkPolicies: 'Enabled'
    }
  }
]
var forOperators = {
  name: 'operators'
  properties: {
    addressPrefix: operatorSubnet
    // The machine installs tools and signs in to Azure.
    defaultOutboundAccess: !natGateway
    natGateway: natGateway ? { id: gateway.id } : null
    networkSecurityGroup: { id: operatorRules.id }
  }
}

// Whoever adds a subnet by hand loses it in the next deployment, which fails if it is in use: the
// list here is the whole list.
resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${suffix}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: concat([addressPrefix], empty(operatorSubnet) ? [] : [operatorSubnet]) }
    subnets: concat(subnets, empty(operatorSubnet) ? [] : [forOperators])
  }
}

// Without the link the network would still get the public addresses, which are closed.
resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for zone in items(zoneNames): { name: zone.value, location: 'global', tags: zoneTags }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (zone, i) in items(zoneNames): {
    parent: zones[i]
    name: 'app-network'
    location: 'global'
    tags: zoneTags
    properties: { virtualNetwork: { id: network.id }, registrationEnabled: false }
  }
]

@description('Static address of everything that leaves; empty without a NAT gateway.')
output outboundAddress string = natGateway ? address!.properties.ipAddress : ''
