package io.freshet.settings;

import io.freshet.testing.Repository;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What a user sets, seen through the properties of all services. */
class SettingsSourceTest {
    private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^([a-z][\\w.-]*)=(.*\\$\\{[A-Z].*)$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]*)` \\| ");

    /** Anything may be meant by these, or whoever uses them has to say. */
    private static final Set<String> FREE = Set.of(
            "AZURE_STORAGE_CONNECTION_STRING",
            "STORAGEACCOUNT",
            "STORAGEKEY",
            "STORAGESUFFIX",
            "QUEUEPREFIX",
            "ORCHESTRATIONS",
            "EXEC_COMMAND",
            "EVENTGRIDSASKEY",
            "AUTHKEYS",
            "AUTHKEYSFILE",
            "OIDCAUDIENCE",
            "OIDCROLESCLAIM",
            "DURABLETASK_KEY",
            "EVENTGRIDSECRET");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ITEMSPERJOB         | 0            | a whole number of at least 1
            ITEMSPERJOB         | 10k          | a whole number of at least 1
            ITEMSPERJOB         | 99999999999  | a whole number of at least 1
            AUTH                | nobody       | none, key, oidc, or key and oidc with a comma between them
            AUTH                | none, key    | none, key, oidc, or key and oidc with a comma between them
            AUTHSCOPE           | mine         | all or own
            OIDCISSUER          | login        | an address that begins with https:// or http://
            OIDCJWKS            | keys         | an address that begins with https:// or http://
            MAXPARALLELISM      | -1           | a whole number of at least 1
            MAXLINEBYTES        | 0            | a whole number from 1 to 1073741824
            MAXLINEBYTES        | 1073741825   | a whole number from 1 to 1073741824
            MAXPARTS            | 0            | a whole number from 1 to 10000000
            MAXINPUTBYTES       | 0            | a size of at least 1 bytes, such as 64M
            MAXINPUTBYTES       | 10 GB        | a size of at least 1 bytes, such as 64M
            UPLOADMEMORY        | 1K           | a size of at least 1048576 bytes, such as 64M
            UPLOADMEMORY        | much         | a size of at least 1048576 bytes, such as 64M
            INPUTHOSTS          | https://host | hosts with commas between them, without https:// or a path
            INPUTCONTAINERS     | a/b          | names of containers with commas between them
            DEFAULTHANDLER      | my handler   | the name of a computation: letters, digits, '.', '_' and '-', 63 at most
            HANDLERS            | a, , b       | names of computations with commas between them, each of letters, digits, '.', '_' and '-'
            PROXYFORWARDING     | yes          | true or false
            PUBLICURL           | example.com  | an address that begins with https:// or http://
            FRESHET_WORKER_MODE | foo          | serve or drain
            FRESHET_RUN_ID      | 2026-13-1    | the id of a job
            WORKER_CONCURRENCY  | many         | a whole number from 1 to 1024
            WORKER_CONCURRENCY  | 0            | a whole number from 1 to 1024
            MAXDEQUEUECOUNT     | 0            | a whole number of at least 1
            FRESHET_GRACE       | -5s          | a duration of at least PT0S, such as PT30S or 30s
            FRESHET_EVENTS      | grid         | eventgrid or direct
            EXEC_ENV            | MODEL DIR    | names of environment variables with commas between them
            EXEC_TIMEOUT        | 0s           | a duration of at least PT0.001S, such as PT30S or 30s
            EXEC_KILL_AFTER     | soon         | a duration of at least PT0S, such as PT30S or 30s
            RECONCILEINTERVAL   | PT-1S        | a duration of at least PT0.001S, such as PT30S or 30s
            ABANDONEDAFTER      | 1 fortnight  | a duration of at least PT0.001S, such as PT30S or 30s
            RETENTION           | xyz          | a duration of at least PT0.001S, such as PT30S or 30s
            CONTAINER           | My Jobs      | the name of a container: 3 to 63 lower-case letters, digits and single hyphens
            DISPATCHWINDOW      | 0            | a whole number from 1 to 100000
            BURSTS              | yes          | auto or on or off
            ACICOMPLETIONSTRIGGER | -1         | a whole number of at least 0
            ACIMAXPARALLELISM   | 0            | a whole number from 1 to 10000
            BURSTSTARTTIMEOUT   | 0s           | a duration of at least PT1S, such as PT30S or 30s
            ACINODES            | v3           | v1 or v2
            ACIHOSTNAME         | My Node      | the name of a Kubernetes object: lower-case letters, digits, '-' and '.'
            FRESHET_INSTANCE    | a b          | the value of a Kubernetes label: 63 letters, digits, '-', '_' and '.' at most
            JOBIMAGE            | my image     | the name of an image, such as registry/name:tag
            ACIJOBCPULIMIT      | one          | a quantity of Kubernetes, such as 0.5, 500m or 256Mi
            JOBMEMORYLIMIT      | 256MB        | a quantity of Kubernetes, such as 0.5, 500m or 256Mi
            WORKQUEUE           | wo           | the name of a queue: 3 to 56 lower-case letters, digits and single hyphens, the prefix included
            INPUTQUEUE          | In_Put       | the name of a queue: 3 to 56 lower-case letters, digits and single hyphens, the prefix included
            DEBUGLOG            | 1            | true or false
            EVENTGRIDENDPOINT   | my-topic     | an address that begins with https:// or http://
            OTEL_EXPORTER_OTLP_ENDPOINT | collector:4317 | an address that begins with https:// or http://
            """)
    void aWrongSettingIsNamedWithWhatItHasToBe(String variable, String value, String wanted) {
        assertThat(complaints(Map.of(variable, value)))
                .hasValue(variable + " is '" + value + "' and has to be " + wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "ITEMSPERJOB, 1",
        "MAXINPUTBYTES, 64M",
        "FRESHET_WORKER_MODE, DRAIN",
        "WORKER_CONCURRENCY, ' 4 '",
        "FRESHET_GRACE, 30s",
        "RETENTION, P7D",
        "EXEC_KILL_AFTER, 0s",
        "INPUTHOSTS, 'a.example, b.example:8443'",
        "HANDLERS, 'calculator, exec,my.words'",
        "DEBUGLOG, true",
        "FRESHET_RUN_ID, 2026-11-8204547339091167127",
        "EVENTGRIDENDPOINT, https://t.westeurope-1.eventgrid.azure.net/api/events"
    })
    void whatIsRightIsLeftAlone(String variable, String value) {
        assertThat(complaints(Map.of(variable, value))).isEmpty();
        assertThat(config(Map.of(variable, value)).getConfigValue(variable).getRawValue())
                .isEqualTo(value);
    }

    @Test
    void defaultsAreRight() {
        assertThat(complaints(Map.of())).isEmpty();
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndHidden() {
        SmallRyeConfig config = config(Map.of("ITEMSPERJOB", "0", "MAXDEQUEUECOUNT", "abc"));

        assertThat(config.getValue(SettingsSource.COMPLAINTS, String.class))
                .isEqualTo("ITEMSPERJOB is '0' and has to be a whole number of at least 1; "
                        + "MAXDEQUEUECOUNT is 'abc' and has to be a whole number of at least 1");
        assertThat(config.getValue("freshet.worker.max-dequeue-count", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aServiceIgnoresWhatOthersRead() {
        SmallRyeConfig alone = built(Map.of("ITEMSPERJOB", "0", "freshet.worker.grace", "${FRESHET_GRACE:PT20S}"));

        assertThat(alone.getOptionalValue(SettingsSource.COMPLAINTS, String.class))
                .isEmpty();
    }

    @Test
    void samplesAreRight() {
        assertThat(Setting.ALL)
                .allSatisfy(setting ->
                        assertThat(setting.isWrong(setting.rule().sample())).isFalse());
    }

    @Test
    void everyVariableOfTheReadmeIsCheckedOrFree() {
        Set<String> known = new TreeSet<>(FREE);
        Setting.ALL.forEach(setting -> known.add(setting.variable()));

        Set<String> documented = ROW.matcher(Repository.section(Repository.read("README.md"), "## Configuration"))
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(known);
    }

    private static Optional<String> complaints(Map<String, String> set) {
        return config(set).getOptionalValue(SettingsSource.COMPLAINTS, String.class);
    }

    /** As if one service had the properties of all. */
    private static SmallRyeConfig config(Map<String, String> set) {
        Map<String, String> all = new HashMap<>();
        Repository.mainFiles(".properties")
                .forEach(file -> ASSIGNMENT
                        .matcher(Repository.read(file))
                        .results()
                        .forEach(line -> all.put(line.group(1), line.group(2))));
        all.putAll(set);
        return built(all);
    }

    private static SmallRyeConfig built(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "properties", 250))
                .withSources(new SettingsSource())
                .build();
    }
}
