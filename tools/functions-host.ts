/**
 * Settings that the Functions host reads, as in infra/modules/function-app.bicep. The host's own
 * limit for a request body is 100 MB.
 */
export const hostSettings = { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "2097152" };

/**
 * Arguments for the Node of the Functions worker:
 * https://github.com/Azure/azure-functions-nodejs-worker/issues/648
 * The path is relative to the app's folder, in which the worker runs. A file URL does not work,
 * because the host replaces text between percent signs by a variable, and a URL can hold percent
 * signs (DefaultWorkerProcessFactory.cs in Azure/azure-functions-host).
 */
export const workerArguments = "--import ./tools/local/func-worker.js";
