package io.freshet.gateway.jobs;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of a submission by reference. */
@Schema(description = "An input that lies in blob storage already")
public record JobReference(
        @Schema(
                description =
                        "https://<host>/<container>/<blob>. Inputs, outputs and results of jobs need no SAS, nor do"
                                + " blobs in INPUTCONTAINERS; all others of the storage account do: one that just allows"
                                + " to read (sp=r), for that blob, and not for long. It is kept until the job ends."
                                + " snapshot or versionid name an earlier version of the blob",
                required = true)
        String inputUrl) {}
