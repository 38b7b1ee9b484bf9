# Sourced by scripts. Resource providers that infra/ needs. An owner must register them once in each
# new subscription:
# https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types
# shellcheck disable=SC2034 # used by the script that sources this
providers=(AlertsManagement Insights KeyVault ManagedIdentity OperationalInsights Storage Web)
# An environment in a private or existing network also needs these providers.
# shellcheck disable=SC2034
more_providers=(App Network)
