package io.freshet.azure.storage;

import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** Which blobs may be inputs by reference, besides those of jobs. The same for all services. */
@ConfigMapping(prefix = "freshet.inputs")
public interface InputsConfig {

    @Variable(value = "INPUTHOSTS", description = """
            Hosts, besides the account's own, that inputs may be referenced from over https, comma-separated: blob
            endpoints of Azure Storage, as `host` (port 443) or `host:port`. They are sent the SAS of the reference
            or no credential at all, never Freshet's own""")
    @Text(
            pattern = "[A-Za-z0-9.-]+(:\\d+)?(\\s*,\\s*[A-Za-z0-9.-]+(:\\d+)?)*",
            wanted = "hosts with commas between them, without https:// or a path")
    Optional<List<String>> hosts();

    @Variable(value = "INPUTCONTAINERS", description = """
            Containers of the account that anybody with the right to submit may reference without a SAS,
            comma-separated. Must be the same for all services""")
    @Text(
            pattern = "[a-z0-9-]{3,63}(\\s*,\\s*[a-z0-9-]{3,63})*",
            wanted = "names of containers with commas between them")
    Optional<List<String>> containers();
}
