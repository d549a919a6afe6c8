// Made of the OpenAPI document by `make browser UPDATE=1`.
export interface paths {
    "/api/orchestrators/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start an orchestration from a browser
         * @description The body is the input, JSON: a count of inputs to generate, {"inputCount":n}, {"inputs":[…]}, or {"inputPrefix":"container/path/"}. An id that an unfinished instance has is refused; a finished one is replaced.
         */
        get: operations["startFunctionByGet"];
        put?: never;
        /**
         * Start an orchestration
         * @description The body is the input, JSON: a count of inputs to generate, {"inputCount":n}, {"inputs":[…]}, or {"inputPrefix":"container/path/"}. An id that an unfinished instance has is refused; a finished one is replaced.
         */
        post: operations["startFunction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/orchestrators/{name}/{instanceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Start an orchestration under an id from a browser
         * @description The body is the input, JSON: a count of inputs to generate, {"inputCount":n}, {"inputs":[…]}, or {"inputPrefix":"container/path/"}. An id that an unfinished instance has is refused; a finished one is replaced.
         */
        get: operations["startFunctionAsByGet"];
        put?: never;
        /**
         * Start an orchestration under an id
         * @description The body is the input, JSON: a count of inputs to generate, {"inputCount":n}, {"inputs":[…]}, or {"inputPrefix":"container/path/"}. An id that an unfinished instance has is refused; a finished one is replaced.
         */
        post: operations["startFunctionAs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch all runs, or one
         * @description Server-sent events: everything there is, then what changes; a comment every five seconds. With Last-Event-ID the stream resumes where it was, if it can; its first event says whether it does
         */
        get: operations["watchDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs as the dashboard shows them
         * @description Newest first, however old they are
         */
        get: operations["listRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dashboard/runs/{id}/items/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at an item of a run */
        get: operations["getItem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs, newest first
         * @description The Link header with rel="next" leads to older jobs
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Submit a job
         * @description The lines as multipart/form-data (part 'file') or as a raw body of any content type; gzip is unpacked. With application/vnd.freshet.job+json, {"inputUrl": …} names a blob, which is read in place.
         */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at a job */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /**
         * Delete a job
         * @description Ends it and removes all its blobs. It may be repeated, and answers 404 once everything is gone
         */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description Parts in progress are stopped; finished parts can still be read
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the rejected lines
         * @description One JSON object per line: line (from 1, in the whole input), reason, input (at most 4 KiB); while the job runs, those of the finished parts
         */
        get: operations["getRejectedLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch a job
         * @description Server-sent events: the job's document as JSON on every change, at most twice a second, until an event named 'end' says that the job has ended; a comment every 15 seconds
         */
        get: operations["watchJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/rerun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run the failed parts again
         * @description With failedOnly=true; finished parts keep their output
         */
        post: operations["rerunJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the results
         * @description All results once the job has ended, or one part as soon as it is done; a client that accepts application/json gets application/x-ndjson
         */
        get: operations["getResults"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a suspended job */
        post: operations["resumeJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a job
         * @description No new part is started; parts in progress are completed
         */
        post: operations["suspendJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List instances by id
         * @description The header x-ms-continuation-token leads to the next page
         */
        get: operations["listInstances"];
        put?: never;
        post?: never;
        /**
         * Purge finished instances
         * @description As many as time allows; if sent again, it continues with the rest
         */
        delete: operations["purgeInstances"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at an instance
         * @description 202 until it has ended, then 200
         */
        get: operations["getInstance"];
        put?: never;
        post?: never;
        /**
         * Purge a finished instance
         * @description It is gone at once; what it left behind follows
         */
        delete: operations["purgeInstance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}/raiseEvent/{eventName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Raise an event
         * @description The body is its payload, JSON. It is kept until the instance waits for an event of this name
         */
        post: operations["raiseEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start once more with the same input */
        post: operations["restartInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}/restartWithOptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start once more with the same input, under another id */
        post: operations["restartInstanceAs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume an instance
         * @description Resuming one that is not suspended changes nothing
         */
        post: operations["resumeInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}/rewind": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run again what failed
         * @description Of a failed instance, and nothing else
         */
        post: operations["rewindInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend an instance
         * @description Suspending one that is suspended changes nothing
         */
        post: operations["suspendInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/instances/{instanceId}/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Terminate an instance */
        post: operations["terminateInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/orchestrators/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an orchestration
         * @description The body is the input, JSON: a count of inputs to generate, {"inputCount":n}, {"inputs":[…]}, or {"inputPrefix":"container/path/"}. An id that an unfinished instance has is refused; a finished one is replaced.
         */
        post: operations["startOrchestration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runtime/webhooks/durabletask/orchestrators/{name}/{instanceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an orchestration under an id
         * @description The body is the input, JSON: a count of inputs to generate, {"inputCount":n}, {"inputs":[…]}, or {"inputPrefix":"container/path/"}. An id that an unfinished instance has is refused; a finished one is replaced.
         */
        post: operations["startOrchestrationAs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a ticket for a download
         * @description For links, which cannot send a header: as 'ticket' in the query it replaces the credential of this request, for this path only and for 60 seconds
         */
        post: operations["issueTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A form with the lines as its file, or as several files, which are joined in their order */
        FileForm: {
            /**
             * Format: binary
             * @description The lines; gzip data is unpacked, whatever its name is
             */
            file: string;
        };
        /**
         * Format: date-time
         * @example 2022-03-10T16:15:50Z
         */
        Instant: string;
        ItemDocument: {
            /** Format: int32 */
            item: number;
            state: string;
            /** Format: int64 */
            firstLine?: number;
            /** Format: int64 */
            lines?: number;
            /** Format: int32 */
            attempts?: number;
            reason?: string;
            output?: string;
            /** Format: int64 */
            outputBytes?: number;
            /** Format: int64 */
            rejectedLines?: number;
        };
        JobAccepted: {
            id: string;
        };
        JobDocument: {
            id: string;
            name?: string;
            status: components["schemas"]["JobStatus"];
            startTime?: components["schemas"]["Instant"];
            completionTime?: components["schemas"]["Instant"];
            /** Format: int32 */
            succeeded: number;
            /** Format: int32 */
            failed: number;
            /** Format: int32 */
            active: number;
            /** Format: int32 */
            parallelism: number;
            handler: string;
            /** Format: int32 */
            parts: number;
            /** Format: int32 */
            completions: number;
            /** Format: int64 */
            lines: number;
            /** Format: int64 */
            rejectedLines: number;
            /** Format: int64 */
            bytes: number;
            /** Format: double */
            progress: number;
            /** Format: double */
            linesPerSecond?: number;
            estimatedCompletionTime?: components["schemas"]["Instant"];
            reason?: string;
            storageContainer: string;
            storageBlobPrefix: string;
            runningOnAci: boolean;
            /** @enum {string} */
            executionLocation: "cluster" | "aci";
            gpu?: string;
            /** Format: int32 */
            gpuQuantity?: number;
            owner?: string;
        };
        /** @description An input that is already in blob storage */
        JobReference: {
            /** @description https://<host>/<container>/<blob>. Inputs, outputs and results of jobs need no SAS, nor do blobs in INPUTCONTAINERS; any other blob of the storage account does: one that only allows reading (sp=r), of that blob, and not for long. It is kept until the job ends. snapshot or versionid name an earlier version of the blob */
            inputUrl: string;
        };
        /**
         * @description Where a job is in its life
         * @enum {string}
         */
        JobStatus: "Pending" | "Running" | "Suspended" | "Finalizing" | "Complete" | "CompleteWithErrors" | "Failed" | "Canceled";
        /** @description Problem details, RFC 9457 */
        Problem: {
            /** @enum {string} */
            type: "urn:freshet:problem:bad-parameter" | "urn:freshet:problem:malformed-body" | "urn:freshet:problem:no-input" | "urn:freshet:problem:no-file-part" | "urn:freshet:problem:host-not-allowed" | "urn:freshet:problem:unreadable-input" | "urn:freshet:problem:not-authenticated" | "urn:freshet:problem:not-allowed" | "urn:freshet:problem:job-not-found" | "urn:freshet:problem:not-found" | "urn:freshet:problem:no-results" | "urn:freshet:problem:not-finished" | "urn:freshet:problem:illegal-state" | "urn:freshet:problem:precondition-failed" | "urn:freshet:problem:too-slow" | "urn:freshet:problem:input-too-large" | "urn:freshet:problem:line-too-long" | "urn:freshet:problem:unsupported-format" | "urn:freshet:problem:range-not-satisfiable" | "urn:freshet:problem:idempotency-key-reused" | "urn:freshet:problem:request-refused" | "urn:freshet:problem:internal" | "urn:freshet:problem:overloaded" | "urn:freshet:problem:storage-unavailable" | "urn:freshet:problem:issuer-unavailable";
            title: string;
            /** Format: int32 */
            status: number;
            detail?: string;
        };
        RowPage: {
            rows: unknown[];
            next?: string;
        };
        Ticket: {
            ticket: string;
        };
        /** @description An error in the form of Durable Functions */
        OrchestrationError: {
            Message?: string;
            ExceptionMessage?: string;
            ExceptionType?: string;
        };
        /** @description An instance of an orchestration */
        InstanceStatus: {
            name?: string;
            version?: string;
            instanceId?: string;
            createdTime?: string;
            lastUpdatedTime?: string;
            /** @enum {string} */
            runtimeStatus?: "Running" | "Completed" | "ContinuedAsNew" | "Failed" | "Canceled" | "Terminated" | "Pending" | "Suspended";
            input?: unknown;
            customStatus?: unknown;
            output?: unknown;
            historyEvents?: unknown[];
        };
        /** @description Where to see the status of an instance, and how to command it */
        InstanceLinks: {
            id?: string;
            statusQueryGetUri?: string;
            sendEventPostUri?: string;
            terminatePostUri?: string;
            rewindPostUri?: string;
            purgeHistoryDeleteUri?: string;
            restartPostUri?: string;
            suspendPostUri?: string;
            resumePostUri?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    startFunctionByGet: {
        parameters: {
            query?: {
                /** @description Number of inputs to generate */
                inputCount?: string;
            };
            header?: never;
            path: {
                /** @description The orchestration; case is ignored */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    startFunction: {
        parameters: {
            query?: {
                /** @description Number of inputs to generate */
                inputCount?: string;
            };
            header?: never;
            path: {
                /** @description The orchestration; case is ignored */
                name: string;
            };
            cookie?: never;
        };
        /** @description The input, or many inputs, one per line */
        requestBody?: {
            content: {
                "application/json": unknown;
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    startFunctionAsByGet: {
        parameters: {
            query?: {
                /** @description Number of inputs to generate */
                inputCount?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
                /** @description The orchestration; case is ignored */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    startFunctionAs: {
        parameters: {
            query?: {
                /** @description Number of inputs to generate */
                inputCount?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
                /** @description The orchestration; case is ignored */
                name: string;
            };
            cookie?: never;
        };
        /** @description The input, or many inputs, one per line */
        requestBody?: {
            content: {
                "application/json": unknown;
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    watchDashboard: {
        parameters: {
            query?: {
                /** @description overview, cluster, or run: followed by the id of a job or of an orchestration */
                view?: string;
            };
            header?: {
                /** @description Id of the last event that was received */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What there is, and what changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event:hello
                     *     data:{"resumed":false,…}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRows: {
        parameters: {
            query?: {
                /** @description next of the previous page; no other value is accepted */
                page?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs, and where the next begins */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RowPage"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                /** @description Counted from 0 */
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemDocument"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job; urn:freshet:problem:not-found: There is no such resource */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Most jobs of a page */
                limit?: number;
                /** @description From the Link header of the previous page; no other value is accepted */
                page?: string;
                /** @description Only jobs with this status; a page may then be shorter than the limit */
                status?: components["schemas"]["JobStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs */
            200: {
                headers: {
                    /** @description <…>; rel="next": the next page; absent on the last */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDocument"][];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitJob: {
        parameters: {
            query?: {
                /** @description 1: on serverless nodes, 0: never there; by size if omitted */
                aci?: "0" | "1";
                /** @description Kind of GPU that the computation needs, on nodes of the cluster; not with aci=1 */
                gpu?: string;
                /** @description GPUs for each pod, with gpu; 1 if omitted */
                gpuQuantity?: number;
                /** @description Name of the computation; the configured default (calculator) if omitted */
                handler?: string;
                /** @description Lines of a part, at least 1; ITEMSPERJOB if omitted */
                itemsPerJob?: number;
                /** @description A name for people, at most 200 characters */
                name?: string;
            };
            header?: {
                /** @description Requests with the same key create one job, however often they are sent; at most 255 characters */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                /**
                 * @example {
                 *       "id": "1",
                 *       "value1": 3123,
                 *       "value2": 321311,
                 *       "op": "+"
                 *     }
                 */
                "application/x-ndjson": string;
                "multipart/form-data": components["schemas"]["FileForm"];
                "application/vnd.freshet.job+json": components["schemas"]["JobReference"];
            };
        };
        responses: {
            /** @description Accepted; the id as text, or as JSON if the client prefers it */
            202: {
                headers: {
                    /** @description The job */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /** @example 2026-11-8204547905476472157 */
                    "text/plain": string;
                    /**
                     * @example {
                     *       "id": "2026-11-8204547905476472157"
                     *     }
                     */
                    "application/json": components["schemas"]["JobAccepted"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused; urn:freshet:problem:malformed-body: The request body cannot be read; urn:freshet:problem:no-input: The input is empty; urn:freshet:problem:no-file-part: The form has no file; urn:freshet:problem:host-not-allowed: The input's host is not allowed; urn:freshet:problem:unreadable-input: The input cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:too-slow: The upload is too slow */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:input-too-large: The input is too large; urn:freshet:problem:line-too-long: A line is too long */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:idempotency-key-reused: The idempotency key belongs to another request */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now; urn:freshet:problem:overloaded: There are too many uploads now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDocument"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job is deleted; its blobs follow */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDocument"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:illegal-state: The job's state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRejectedLines: {
        parameters: {
            query?: {
                /** @description Number of a part, from 1; all parts if omitted */
                part?: number;
                /** @description Instead of a credential; from POST /tickets */
                ticket?: string;
            };
            header?: {
                /** @description One range of bytes, such as bytes=0-71 */
                Range?: string;
                /** @description The ETag or date of the version that Range refers to */
                "If-Range"?: string;
                /** @description ETags, one of which must be that of the current version */
                "If-Match"?: string;
                /** @description ETags of versions that the client already has */
                "If-None-Match"?: string;
                /** @description Date of the version that the client already has */
                "If-Modified-Since"?: string;
                /** @description Date since which it must not have changed */
                "If-Unmodified-Since"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it, in the order of the input */
            200: {
                headers: {
                    ETag?: string;
                    "Last-Modified"?: string;
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "application/octet-stream": string;
                };
            };
            /** @description The requested range */
            206: {
                headers: {
                    ETag?: string;
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "application/octet-stream": string;
                };
            };
            /** @description The client already has the current version */
            304: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:no-results: The job has no such results */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:precondition-failed: A condition of the request does not hold */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:range-not-satisfiable: The range lies beyond the end */
            416: {
                headers: {
                    /** @description The size, such as bytes *\/305 */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    watchJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the last event that was received */
                "Last-Event-ID"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it changes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example data:{"id":"2026-11-8204547905476472157","status":"Complete",…} */
                    "text/event-stream": string;
                };
            };
            /** @description Last-Event-ID is that of the last event: there is nothing more to come */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rerunJob: {
        parameters: {
            query: {
                /** @description Must be true: to compute everything again, submit the input again */
                failedOnly: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDocument"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:illegal-state: The job's state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getResults: {
        parameters: {
            query?: {
                /** @description Number of a part, from 1; all parts if omitted */
                part?: number;
                /** @description Instead of a credential; from POST /tickets */
                ticket?: string;
            };
            header?: {
                /** @description One range of bytes, such as bytes=0-71 */
                Range?: string;
                /** @description The ETag or date of the version that Range refers to */
                "If-Range"?: string;
                /** @description ETags, one of which must be that of the current version */
                "If-Match"?: string;
                /** @description ETags of versions that the client already has */
                "If-None-Match"?: string;
                /** @description Date of the version that the client already has */
                "If-Modified-Since"?: string;
                /** @description Date since which it must not have changed */
                "If-Unmodified-Since"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of it, in the order of the input */
            200: {
                headers: {
                    ETag?: string;
                    "Last-Modified"?: string;
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "application/octet-stream": string;
                };
            };
            /** @description The requested range */
            206: {
                headers: {
                    ETag?: string;
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                    "application/octet-stream": string;
                };
            };
            /** @description The client already has the current version */
            304: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:no-results: The job has no such results; urn:freshet:problem:not-finished: The results are not available yet */
            409: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:precondition-failed: A condition of the request does not hold */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:range-not-satisfiable: The range lies beyond the end */
            416: {
                headers: {
                    /** @description The size, such as bytes *\/305 */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDocument"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:illegal-state: The job's state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job after the change */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDocument"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:job-not-found: There is no such job */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:illegal-state: The job's state does not allow this */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listInstances: {
        parameters: {
            query?: {
                /** @description Names, separated by commas; case is ignored */
                runtimeStatus?: string;
                /** @description What the ids start with */
                instanceIdPrefix?: string;
                /** @description Time of their start, such as 2026-01-31T10:00:00Z */
                createdTimeFrom?: string;
                /** @description Time of their start, such as 2026-01-31T10:00:00Z */
                createdTimeTo?: string;
                /** @description Instances of a page; 100 if omitted */
                top?: string;
                /** @description false: without inputs */
                showInput?: string;
                /** @description true: with their histories */
                showHistory?: string;
            };
            header?: {
                /** @description Where the page begins: this header of the previous page */
                "x-ms-continuation-token"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown[];
                };
            };
            /** @description A value is not understood */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    purgeInstances: {
        parameters: {
            query: {
                /** @description Time of their start, such as 2026-01-31T10:00:00Z */
                createdTimeFrom: string;
                /** @description Time of their start, such as 2026-01-31T10:00:00Z */
                createdTimeTo?: string;
                /** @description Names, separated by commas; case is ignored */
                runtimeStatus?: string;
                /** @description What the ids start with */
                instanceIdPrefix?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of purged instances: instancesDeleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description A value is missing or not understood: a text or an error */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is none to purge */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    getInstance: {
        parameters: {
            query?: {
                /** @description false: without its input */
                showInput?: string;
                /** @description true: with its history */
                showHistory?: string;
                /** @description true: with results in the history, too */
                showHistoryOutput?: string;
                /** @description true: 500 if it has failed */
                returnInternalServerErrorOnFailure?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceStatus"];
                };
            };
            /** @description It has not ended; Location is where to look again */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceStatus"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has failed, and the request asked for this status; or an internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceStatus"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    purgeInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The number of purged instances: instancesDeleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has not ended */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    raiseEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The event; case is ignored */
                eventName: string;
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        /** @description What the instance receives with the event */
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The payload is not JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The payload is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    restartInstance: {
        parameters: {
            query?: {
                /** @description false: under the same id; the instance must have finished */
                restartWithNewInstanceId?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    restartInstanceAs: {
        parameters: {
            query?: {
                /** @description The id */
                newInstanceId?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    resumeInstance: {
        parameters: {
            query?: {
                /** @description Kept in the history */
                reason?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    rewindInstance: {
        parameters: {
            query?: {
                /** @description Kept in the history */
                reason?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description It has not failed */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    suspendInstance: {
        parameters: {
            query?: {
                /** @description Kept in the history */
                reason?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    terminateInstance: {
        parameters: {
            query?: {
                /** @description Kept in the history */
                reason?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no such instance */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has ended */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    startOrchestration: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the end; needs pollingInterval */
                timeout?: string;
                /** @description Seconds between checks while waiting */
                pollingInterval?: string;
                /** @description Kept, and shown in the status */
                version?: string;
            };
            header?: never;
            path: {
                /** @description The orchestration; case is ignored */
                name: string;
            };
            cookie?: never;
        };
        /** @description The input, or many inputs, one per line */
        requestBody?: {
            content: {
                "application/json": unknown;
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    startOrchestrationAs: {
        parameters: {
            query?: {
                /** @description Seconds to wait for the end; needs pollingInterval */
                timeout?: string;
                /** @description Seconds between checks while waiting */
                pollingInterval?: string;
                /** @description Kept, and shown in the status */
                version?: string;
            };
            header?: never;
            path: {
                /** @description The instance */
                instanceId: string;
                /** @description The orchestration; case is ignored */
                name: string;
            };
            cookie?: never;
        };
        /** @description The input, or many inputs, one per line */
        requestBody?: {
            content: {
                "application/json": unknown;
                "application/x-ndjson": string;
            };
        };
        responses: {
            /** @description It ended while the client waited: the output, or how it ended */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Started; Location is where to see its status */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceLinks"];
                };
            };
            /** @description The request is not understood; nothing was started */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description There is no credential, or it is not valid */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description An unfinished instance has the id */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description The input is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
            /** @description Storage does not answer now */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OrchestrationError"];
                };
            };
        };
    };
    issueTicket: {
        parameters: {
            query: {
                /** @description What is to be downloaded: /jobs/{id}/results or /jobs/{id}/errors */
                path: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            /** @description urn:freshet:problem:bad-parameter: A parameter is not valid; urn:freshet:problem:request-refused: The request was refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-authenticated: The caller is not authenticated */
            401: {
                headers: {
                    /** @description What would let the request in */
                    "WWW-Authenticate"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:not-allowed: The caller may not do this */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:request-refused: The request was refused */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:internal: Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description urn:freshet:problem:storage-unavailable: Storage does not answer; urn:freshet:problem:issuer-unavailable: Tokens cannot be checked now */
            503: {
                headers: {
                    /** @description Seconds to wait before trying again */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
