/**
 * Settings of the Functions host, with the values of infra/modules/function-app.bicep. Without this
 * setting, the host accepts request bodies of up to 100 MB.
 */
export const hostSettings = { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "2097152" };

/**
 * Node's arguments for the Functions worker:
 * https://github.com/Azure/azure-functions-nodejs-worker/issues/648
 * The path is relative to the app's folder, in which the worker runs. A file URL does not work: it
 * can contain percent signs, and the host replaces text between percent signs with a variable
 * (DefaultWorkerProcessFactory.cs in Azure/azure-functions-host).
 */
export const workerArguments = "--import ./tools/local/func-worker.js";
