/**
 * What the app is deployed with that its host reads: infra/modules/function-app.bicep. Without it
 * the real host takes 100 MB.
 */
export const hostSettings = { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: "2097152" };

/**
 * The documented way to give the worker's Node arguments:
 * https://github.com/Azure/azure-functions-nodejs-worker/issues/648. The worker runs in the app's
 * folder, so a relative path serves. The host takes what is between two percent signs for a
 * variable, and the URL of a folder may have several: Azure/azure-functions-host,
 * src/WebJobs.Script/Workers/ProcessManagement/DefaultWorkerProcessFactory.cs
 */
export const workerArguments = "--import ./tools/local/func-worker.js";
