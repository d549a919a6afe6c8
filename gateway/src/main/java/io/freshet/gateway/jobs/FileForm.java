package io.freshet.gateway.jobs;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Form of a submission. */
@Schema(description = "A form with the lines as its file, or as several files, which are joined in their order")
public record FileForm(
        @Schema(
                type = SchemaType.STRING,
                format = "binary",
                description = "The lines; gzip data is unpacked, whatever its name is")
        String file) {}
