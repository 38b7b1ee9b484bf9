# Sets up Okta with Terraform instead of npm run okta. Terraform's plan and state hold the hook
# secret in clear text, so protect them like the vault. Enable SMS and voice in Okta by hand,
# because the provider cannot. Rotate the secret with npm run okta -- rotate, because Terraform
# ignores changes of auth.

variable "hook_secret" {
  type      = string
  sensitive = true
}

resource "okta_inline_hook" "telephony" {
  name    = "8x8"
  type    = "com.okta.telephony.provider"
  version = "1.0.0"
  channel = { type = "HTTP", version = "1.0.0", method = "POST", uri = "https://….azurewebsites.net/api/okta/telephony" }
  auth    = { type = "HEADER", key = "authorization", value = var.hook_secret }
  lifecycle { ignore_changes = [auth] }
}

resource "okta_authenticator" "phone" {
  key        = "phone_number"
  name       = "Phone"
  settings   = jsonencode({ allowedFor = "any" })
  depends_on = [okta_inline_hook.telephony]
}
