# Sourced: the resource providers that infra/ builds with. A new subscription has to be made to know
# them, by one of its owners:
# https://learn.microsoft.com/azure/azure-resource-manager/management/resource-providers-and-types
# shellcheck disable=SC2034 # for who sources this
providers=(AlertsManagement Insights KeyVault ManagedIdentity OperationalInsights Storage Web)
# With a network of the app's own.
# shellcheck disable=SC2034
more_providers=(App Network)
