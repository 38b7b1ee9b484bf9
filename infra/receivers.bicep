// Who is notified of an alert. A page wakes somebody, a ticket waits for the day.

@export()
@description('Who is woken.')
@sealed()
type pageReceivers = {
  @description('Required. Mail addresses; most on-call services have one per rota.')
  @minLength(1)
  emails: string[]

  @description('Optional. Telephones that get an SMS, which Azure sends and not this hook.')
  sms: smsReceiver[]?

  @description('Optional. Secure webhooks: Azure signs in with Entra, so that the URL need hold no key.')
  webhooks: webhookReceiver[]?
}

@export()
@description('One telephone, in two parts as Azure wants it.')
@sealed()
type smsReceiver = {
  @description('Required. Calling code without a plus sign.')
  countryCode: string

  @description('Required. Number without its calling code.')
  phoneNumber: string
}

@export()
@description('One service that asks for an Entra token of its own. The identity that deploys has to be an owner of the application: docs/parameters.md#who-is-paged. https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups#configure-authentication-for-secure-webhook')
@sealed()
type webhookReceiver = {
  @description('Required. What the portal calls it.')
  name: string

  @description('Required. Where Azure posts the alert.')
  url: string

  @description('Required. Object id of the application that stands for the service in Entra.')
  objectId: string

  @description('Required. Identifier URI of that application: who the token is for.')
  identifierUri: string
}
