import type { SecondProvider } from "../providers/failover.ts";
import { createOrder, type OrderSettings } from "../providers/order.ts";
import type { ProviderSecret } from "../providers/send.ts";
import type { Clock } from "../timing/clock.ts";
import { createSecondHook, type SecondHookSettings } from "./provider.ts";

/** Returns undefined if the settings name no second hook. */
export function createSecondProvider(
  clock: Clock,
  settings: (SecondHookSettings & { readonly order: OrderSettings }) | undefined,
  secret: ProviderSecret | undefined,
): SecondProvider | undefined {
  return (
    settings &&
    secret && {
      provider: createSecondHook(settings, secret),
      order: createOrder(clock, settings.order),
    }
  );
}
