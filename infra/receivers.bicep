@export()
@description('People on call.')
@sealed()
type pageReceivers = {
  @description('Required. E-mail addresses. Most on-call services have one for each rota.')
  @minLength(1)
  emails: string[]

  @description('Optional. Phones that get an SMS. Azure sends it, not this hook.')
  sms: smsReceiver[]?

  @description('Optional. Secure webhooks. Azure signs in with Entra, so the URL needs no key.')
  webhooks: webhookReceiver[]?
}

@export()
@description('A phone number in two parts, as Azure expects it.')
@sealed()
type smsReceiver = {
  @description('Required. Calling code without a plus sign.')
  @minLength(1)
  @maxLength(3)
  countryCode: string

  @description('Required. Number without its calling code.')
  @minLength(4)
  @maxLength(14)
  phoneNumber: string
}

@export()
@description('A service that accepts Entra tokens. The identity that deploys must be an owner of its Entra application: docs/parameters.md#who-is-paged. https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups#configure-authentication-for-secure-webhook')
@sealed()
type webhookReceiver = {
  @description('Required. Name of the webhook in the portal. No two webhooks may have the same name.')
  @minLength(1)
  name: string

  @description('Required. URL that gets the alert.')
  url: string

  @description('Required. Object id of the service\'s Entra application.')
  @minLength(36)
  @maxLength(36)
  objectId: string

  @description('Required. Identifier URI of that application, the audience of the token.')
  @minLength(1)
  identifierUri: string
}
