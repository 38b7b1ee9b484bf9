/** Whether this is `npm run test:long`, where what is slow is run whole. */
export const long = process.env["TEST_LONG"] !== undefined;
