package io.freshet.azure.storage;

import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** Which blobs may be inputs by reference, besides those of jobs. The same for gateway and workers. */
@ConfigMapping(prefix = "freshet.inputs")
public interface InputsConfig {

    /** {@code INPUTHOSTS}: hosts beside the storage account's own, at port 443 if they name none. */
    Optional<List<String>> hosts();

    /** {@code INPUTCONTAINERS}: containers of the storage account whose blobs everybody may use without a SAS. */
    Optional<List<String>> containers();
}
