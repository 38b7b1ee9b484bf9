# Sourced by retry.bash: what to do about an error of Azure's that does not pass, by the words and
# codes that Azure has for it.
# https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors,
# https://learn.microsoft.com/azure/key-vault/general/common-error-codes

# Each kind is a pattern and, below it, the advice.
kinds='deleted state|soft.?deleted
A vault of this name was deleted, and Azure keeps it and its name for 90 days: docs/deploy.md#a-deleted-vault has how to purge or recover it.
VaultAlreadyExists|AlreadyTaken|already taken|Website with given name
Somebody in Azure has this name already; a vault of your own that was deleted has it too (az keyvault list-deleted). Set another workload in the folder'"'"'s parameter files: docs/parameters.md#every-parameter.
quota
The subscription may not have that many here. Ask for more (https://learn.microsoft.com/azure/quotas/quickstart-increase-quota-portal), or take another region: docs/deploy.md#another-region.
InvalidResourceGroupLocation|LocationNotAvailableFor|RegionNotSupported|RegionClosed|SkuNotAvailable|not (available|supported|offered) in (this |the )?(location|region)
It cannot be built in this region: docs/deploy.md#another-region has how to take another one.
MissingSubscriptionRegistration|not registered to use namespace
The subscription does not know what is built here: an owner of it runs az provider register --namespace with the name above, once.
RequestDisallowedByPolicy
A policy of your company forbids this. The error names it: whoever keeps it can exempt the resource group.
AadWebhookResourceNotOwnedByCaller
Azure lets only an owner of the webhook'"'"'s Entra application name it in pageReceivers: docs/parameters.md#who-is-paged has the command that makes the deploying identity one.
ScopeLocked|is locked
It is locked against deletion: docs/deploy.md#a-lock has who lifts that.
ForbiddenByFirewall|ForbiddenByConnection|Client address is not authorized|Public network access is disabled
The vault is closed to this machine: docs/network.md has from where it can be reached.'

# The advice for an error; fails where there is none.
advice_for() {
  local pattern words
  while IFS= read -r pattern && IFS= read -r words; do
    ! grep -Eiq "$pattern" <<<"$1" || { echo "$words" && return; }
  done <<<"$kinds"
  return 1
}
