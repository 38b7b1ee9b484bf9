import { tags as tagsType, tagsOfZone } from '../types.bicep'

@description('Required. <workload>-<environment>, part of every resource name.')
param suffix string

@description('Required. Region of the resource group.')
param location string

@description('Required. Tags for every resource.')
param tags tagsType

@description('Required. Address space, a /26 or larger. The app gets half of it, a /25 at most.')
param addressPrefix string

@description('Required. true sends outbound traffic through one static address, for 8x8\'s allow list.')
param natGateway bool

@description('Required. Address range of a subnet for operators\' machines. If empty, there is no such subnet.')
param operatorSubnet string

@description('Required. Names of the private DNS zones.')
param zoneNames { *: string }

var subnetLength = max(25, parseCidr(addressPrefix).cidr + 1)
var appPrefix = cidrSubnet(addressPrefix, subnetLength, 0)
var endpointPrefix = cidrSubnet(addressPrefix, subnetLength, 1)
var zoneTags = tagsOfZone(tags)

@description('Traffic that a subnet allows. A property that is left out allows everything.')
@sealed()
type traffic = {
  @description('Name of the security rule.')
  name: string

  @description('Description of the security rule.')
  why: string

  protocol: string?
  from: string?
  to: string?
  port: string?
}

@description('Security rules, as Azure takes them.')
type securityRules = resourceInput<'Microsoft.Network/networkSecurityGroups@2025-05-01'>.properties.securityRules

@description('Security rules that allow this traffic and deny everything else.')
func denyAllExcept(allowed traffic[], direction string, whyNothingElse string) securityRules =>
  map(concat(allowed, [{ name: 'nothing-else', why: whyNothingElse }]), (it, i) => {
    name: it.name
    properties: {
      description: it.why
      priority: i < length(allowed) ? 100 + 10 * i : 4096
      direction: direction
      access: i < length(allowed) ? 'Allow' : 'Deny'
      protocol: it.?protocol ?? '*'
      sourceAddressPrefix: it.?from ?? '*'
      sourcePortRange: '*'
      destinationAddressPrefix: it.?to ?? '*'
      destinationPortRange: it.?port ?? '*'
    }
  })

// The network may be peered with others, so the app's outbound traffic is restricted. 8x8 publishes
// no addresses, so HTTPS is open to all addresses. The other destinations are in the documentation
// of Container Apps, to which the subnet is delegated:
// https://learn.microsoft.com/azure/container-apps/firewall-integration#outbound
// No rule names appPrefix as the source, because instances and the deployment service may have
// addresses outside it. The rules apply only to the app's subnet.
// https://github.com/Azure/azure-functions-host/issues/10620
var outbound = [
  { name: 'inside', why: 'Traffic within the app\'s subnet.', to: appPrefix }
  { name: 'endpoints', why: 'HTTPS to vault and storage.', protocol: 'Tcp', to: endpointPrefix, port: '443' }
  {
    name: 'internet'
    why: 'HTTPS to 8x8, telemetry, the platform and Okta\'s token keys.'
    protocol: 'Tcp'
    to: 'Internet'
    port: '443'
  }
  { name: 'names', why: 'Queries to Azure DNS.', to: '168.63.129.16', port: '53' }
  { name: 'clock', why: 'Time synchronization.', protocol: 'Udp', to: 'Internet', port: '123' }
]

resource appRules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: 'nsg-app-${suffix}'
  location: location
  tags: tags
  properties: {
    securityRules: denyAllExcept(
      outbound,
      'Outbound',
      'Without this rule, Azure would let the app reach every destination.'
    )
  }
}

var whyNothingElse = 'Without this rule, Azure would allow every port within the network.'

resource endpointRules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = {
  name: 'nsg-endpoints-${suffix}'
  location: location
  tags: tags
  properties: {
    // Every source is allowed, because only this network and its peers reach a private endpoint.
    securityRules: denyAllExcept(
      [{ name: 'https', why: 'HTTPS from the app to vault and storage.', protocol: 'Tcp', port: '443' }],
      'Inbound',
      whyNothingElse
    )
  }
}

// Operators use SSH from this network and its peers, or from Bastion Developer's address:
// https://learn.microsoft.com/azure/bastion/quickstart-developer
var ssh = { why: 'Operators sign in to their machine by SSH.', protocol: 'Tcp', port: '22' }

resource operatorRules 'Microsoft.Network/networkSecurityGroups@2025-05-01' = if (!empty(operatorSubnet)) {
  name: 'nsg-operators-${suffix}'
  location: location
  tags: tags
  properties: {
    securityRules: denyAllExcept(
      [
        { ...ssh, name: 'ssh-from-the-network', from: 'VirtualNetwork' }
        { ...ssh, name: 'ssh-from-bastion', from: '168.63.129.16' }
      ],
      'Inbound',
      whyNothingElse
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

// A Standard gateway is in one zone. StandardV2 spans all zones, but does not support subnets that
// are delegated to Container Apps.
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
      // Without a gateway, the app reaches 8x8 through Azure's default outbound access.
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
    // An operator's machine needs the internet for installing tools and for signing in to Azure.
    defaultOutboundAccess: !natGateway
    natGateway: natGateway ? { id: gateway.id } : null
    networkSecurityGroup: { id: operatorRules.id }
  }
}

// A deployment deletes every subnet that is not in this list, or fails if that subnet is in use.
resource network 'Microsoft.Network/virtualNetworks@2025-05-01' = {
  name: 'vnet-${suffix}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: concat([addressPrefix], empty(operatorSubnet) ? [] : [operatorSubnet]) }
    subnets: concat(subnets, empty(operatorSubnet) ? [] : [forOperators])
  }
}

// Without these zones and their links, the host names of vault and storage would resolve to public
// addresses, which are closed.
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

@description('Static outbound address. Empty without a NAT gateway.')
output outboundAddress string = natGateway ? address!.properties.ipAddress : ''
