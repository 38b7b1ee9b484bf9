# Advice on Azure errors that waiting does not fix. The patterns are from these pages:
# https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors,
# https://learn.microsoft.com/azure/key-vault/general/common-error-codes,
# https://learn.microsoft.com/azure/role-based-access-control/troubleshooting,
# https://github.com/Azure/terraform-azurerm-avm-ptn-aiml-landing-zone/issues/19

# Under each pattern is a line with its advice.
kinds='workspace.*delet|delet.*workspace
A deleted Log Analytics workspace has this name, and Azure keeps the name for 14 days. To use another name, set workspaceName: docs/deploy.md#a-deleted-workspace.
RoleAssignmentUpdateNotPermitted|RoleAssignmentExists
Azure keeps an assignment of the same name, or of the same role under another name. Run bootstrap again, which chooses names that Azure accepts. For an environment without a bootstrap, delete the assignment that the error names: az role assignment delete --ids <id>
Data sinks can|already used in diagnostic setting
Another diagnostic setting, perhaps of a policy, sends the same logs to the same workspace. To leave out ours, set diagnosticSettings: docs/network.md#a-policys-diagnostic-settings.
InvalidDeploymentLocation
The subscription keeps a deployment of this name in another region. To delete its record, which deletes no resource, run: az deployment sub delete --name <name in the error>
deleted state|soft.?deleted
A deleted vault has this name, and Azure keeps a deleted vault for 90 days. To purge or recover it, see docs/deploy.md#a-deleted-vault.
VaultAlreadyExists|AlreadyTaken|already taken|Website with given name
Another Azure customer, or a deleted vault of yours, has this name. To list your deleted vaults, run az keyvault list-deleted. To use another name, set another workload in the environment'"'"'s parameter files: docs/parameters.md#every-parameter.
quota
The subscription'"'"'s quota is too low. Ask for more (https://learn.microsoft.com/azure/quotas/quickstart-increase-quota-portal), or use another region: docs/deploy.md#another-region.
InvalidResourceGroupLocation|LocationNotAvailableFor|RegionNotSupported|RegionClosed|SkuNotAvailable|not (available|supported|offered) in (this |the )?(location|region)
This region does not offer the resource. To use another region, see docs/deploy.md#another-region.
MissingSubscriptionRegistration|not registered to use namespace
The subscription is not registered for this resource provider. An owner of the subscription must run this once, with the name in the error above: az provider register --namespace <name>
RequestDisallowedByPolicy
A policy of your company forbids this. Ask the owner of the policy that the error names to exempt the resource group.
AadWebhookResourceNotOwnedByCaller
The identity that deploys must own the webhook'"'"'s Entra application. docs/parameters.md#who-is-paged has the command that makes it an owner.
ScopeLocked|is locked
A lock protects the resource against deletion. To remove the lock, see docs/deploy.md#a-lock.
ForbiddenByFirewall|ForbiddenByConnection|Client address is not authorized|Public network access is disabled
The vault cannot be reached from this machine. docs/network.md lists the machines that can reach it.'

# Prints the advice on an error. Returns 1 if no pattern matches.
advice_for() {
  local pattern words
  while IFS= read -r pattern && IFS= read -r words; do
    ! grep -Eiq "$pattern" <<<"$1" || { echo "$words" && return; }
  done <<<"$kinds"
  return 1
}
