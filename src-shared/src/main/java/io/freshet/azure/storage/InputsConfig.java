package io.freshet.azure.storage;

import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;

import java.util.List;
import java.util.Optional;

/** Which blobs may be inputs by reference, besides those of jobs. The same for all services. */
@ConfigMapping(prefix = "freshet.inputs")
public interface InputsConfig {

    @Variable(value = "INPUTHOSTS", says = """
            Hosts that inputs by reference may be on besides the account's own, by https, comma-separated: blob endpoints of
            Azure Storage. `host` is port 443, another one is `host:port`. They see a SAS or nobody, never Freshet's own
            credential""")
    @Text(
            pattern = "[A-Za-z0-9.-]+(:\\d+)?(\\s*,\\s*[A-Za-z0-9.-]+(:\\d+)?)*",
            wanted = "hosts with commas between them, without https:// or a path")
    Optional<List<String>> hosts();

    @Variable(value = "INPUTCONTAINERS", says = """
            Containers of the account that everybody who may submit may use as inputs without a SAS, comma-separated. The
            same for all three""")
    @Text(
            pattern = "[a-z0-9-]{3,63}(\\s*,\\s*[a-z0-9-]{3,63})*",
            wanted = "names of containers with commas between them")
    Optional<List<String>> containers();
}
