package io.freshet.azure.storage;

import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.identity.StorageConfig;
import io.freshet.azure.storage.InputRules.Reader;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.storage.InputUrl;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whom a blob is read as. */
class InputRulesTest {
    private static final String OWN = "https://acct.blob.core.windows.net/";
    private static final String RUN = OWN + "jobs/2026-11/8204188354753151339/";
    private static final String EMULATED = "http://127.0.0.1:10000/devstoreaccount1/";

    private final InputRules rules = rules(Map.of("freshet.storage.account", "acct", "freshet.storage.key", "a2V5"));
    private final InputRules emulated = rules(Map.of(
            "freshet.storage.connection-string",
            "AccountName=devstoreaccount1;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                RUN + "input.json",
                RUN + "results.json",
                RUN + "output_1.json",
                RUN + "output_50000.json",
                RUN + "%69nput.json",
                RUN + "input.json?snapshot=2026-11-27T10:00:00.1234567Z",
                "HTTPS://ACCT.blob.core.windows.net/jobs/2026-11/1/input.json",
                OWN + "open/any/thing.csv",
                OWN + "open/a..b/c",
                OWN + "open-too/x"
            })
    void ourCredentialOpensTheLinesOfRunsAndOpenContainers(String url) {
        assertThat(reader(rules, url, false)).isEqualTo(Reader.OURSELVES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN + "payroll/salaries.csv",
                OWN + "Jobs/2026-11/1/input.json",
                OWN + "jobs/idempotency/ab12",
                OWN + "jobs/active/2026-11-1",
                OWN + "jobs/input.json",
                OWN + "jobs/nothing",
                RUN + "run.json",
                RUN + "access",
                RUN + "ctrl_input_1_0",
                RUN + "errors_1.json",
                RUN + "merge_1_0",
                RUN + "INPUT.json",
                RUN + "input.json/",
                RUN + "/input.json",
                RUN + "./input.json",
                RUN + "../8204188354753151339/input.json",
                RUN + "input.json/../run.json",
                RUN + "input.json%2F..%2Frun.json",
                RUN + "output_1.json%00",
                RUN + "output_1.json%0A",
                RUN + "output_1.json%3Fcomp=list",
                RUN + "%2569nput.json",
                RUN + "output_%D9%A1.json",
                OWN + "jobs/2026-13/1/input.json",
                OWN + "jobs/2026-11/1%2F..%2F2/input.json",
                OWN + "open/../jobs/2026-11/1/run.json",
                OWN + "open/%2E%2E/jobs/2026-11/1/run.json",
                OWN + "open/%252e%252e%252Fjobs/run.json",
                OWN + "open/..%5Cpayroll/x",
                OWN + "open-/x",
                OWN + "%6Apen/x",
                OWN + "$logs/blob/1"
            })
    void ourCredentialOpensNothingElse(String url) {
        assertThat(reader(rules, url, false)).isEqualTo(Reader.NOBODY);
        assertThat(reader(rules, url, true)).as("with a SAS").isEqualTo(Reader.CALLER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://other.blob.core.windows.net/c/b", "https://h.example:8443/a/c/b"})
    void anAllowedHostNeverSeesOurCredential(String url) {
        assertThat(reader(rules, url, false)).isEqualTo(Reader.CALLER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://other.blob.core.windows.net:8443/c/b | HOST_NOT_ALLOWED",
                "http://other.blob.core.windows.net/c/b | HOST_NOT_ALLOWED",
                "http://other.blob.core.windows.net:443/c/b | HOST_NOT_ALLOWED",
                "https://h.example/c/b | HOST_NOT_ALLOWED",
                "https://other.blob.core.windows.net./c/b | HOST_NOT_ALLOWED",
                "https://other.blob.core.windows.net.evil.example/c/b | HOST_NOT_ALLOWED",
                "https://acct.blob.core.windows.net:10000/jobs/x | HOST_NOT_ALLOWED",
                "https://acct.blob.core.windows.net:443/jobs/2026-11/1/input.json | HOST_NOT_ALLOWED",
                "https://acct.queue.core.windows.net/jobs/x | HOST_NOT_ALLOWED",
                "https://acct-secondary.blob.core.windows.net/c/b | HOST_NOT_ALLOWED",
                "https://169.254.169.254/latest/meta-data | HOST_NOT_ALLOWED",
                "https://2852039166/latest/meta-data | HOST_NOT_ALLOWED",
                "https://[::ffff:169.254.169.254]/latest/meta-data | HOST_NOT_ALLOWED",
                "file://localhost/etc/passwd | HOST_NOT_ALLOWED",
                "http://acct.blob.core.windows.net/jobs/x | ADDRESS_REFUSED",
                "file://acct.blob.core.windows.net/jobs/x | ADDRESS_REFUSED",
                "//acct.blob.core.windows.net/jobs/x | ADDRESS_REFUSED",
                "https://acct.blob.core.windows.net/jobs | ADDRESS_REFUSED",
                "https://acct.blob.core.windows.net/jobs/ | ADDRESS_REFUSED",
                "https://acct.blob.core.windows.net//jobs/x | ADDRESS_REFUSED",
                "https://other.blob.core.windows.net/c | ADDRESS_REFUSED",
                "https://h.example:8443/c/b | ADDRESS_REFUSED",
                "https://h.example:8443/a//b | ADDRESS_REFUSED",
                "https://localhost:8443/c/b | ADDRESS_REFUSED",
                "https://10.0.0.1:8443/c/b | ADDRESS_REFUSED"
            })
    void aHostOrAFormThatIsNotAllowedIsRefused(String url, FailureCode code) {
        for (boolean signed : new boolean[] {false, true}) {
            assertThatThrownBy(() -> reader(rules, url, signed))
                    .isInstanceOfSatisfying(
                            FreshetException.class,
                            failure -> assertThat(failure.code()).isEqualTo(code));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "jobs/2026-11/1/input.json, OURSELVES",
        "open/x, OURSELVES",
        "jobs/2026-11/1/run.json, NOBODY",
        "elsewhere/x, NOBODY"
    })
    void anEmulatorHasItsAccountInThePath(String path, Reader reader) {
        assertThat(reader(emulated, EMULATED + path, false)).isEqualTo(reader);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:10000/otheraccount/jobs/2026-11/1/input.json",
                "http://127.0.0.1:10000/devstoreaccount1/jobs",
                "http://127.0.0.1:10000/devstoreaccount1//jobs/x"
            })
    void anotherAccountOfTheEmulatorIsNotOurs(String url) {
        assertThatThrownBy(() -> reader(emulated, url, false)).hasMessageContaining(EMULATED + "<container>/<blob>");
    }

    @Test
    void aPrefixIsJudgedAsABlobIsAndItsBlobsOneByOne() {
        assertThat(rules.mayBeOpen("open", "any/")).isTrue();
        assertThat(rules.mayBeOpen("open", "../payroll/")).isFalse();
        assertThat(rules.mayBeOpen("open", "a/%2e%2e/payroll/")).isFalse();
        assertThat(rules.mayBeOpen("payroll", "")).isFalse();
        assertThat(rules.mayBeOpen("input", "somebody/")).isFalse();
        assertThat(rules.mayBeOpen("jobs", "2026-11/")).isTrue();
        assertThat(rules.isOpen("jobs", "2026-11/8204188354753151339/output_1.json"))
                .isTrue();
        assertThat(rules.isOpen("jobs", "2026-11/8204188354753151339/run.json")).isFalse();
        assertThat(rules.isOpen("jobs", "idempotency/ab12")).isFalse();
    }

    private static Reader reader(InputRules rules, String text, boolean signed) {
        InputUrl url = InputUrl.parse(text);
        return rules.reader(url, AzureReferencedBlobs.parts(url), signed);
    }

    private static InputRules rules(Map<String, String> storage) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(StorageConfig.class)
                .withMapping(InputsConfig.class)
                .withSources(
                        new PropertiesConfigSource(storage, "storage", 1_000),
                        new PropertiesConfigSource(
                                Map.of(
                                        "freshet.inputs.hosts",
                                        "other.blob.core.windows.net, h.example:8443, localhost:8443, 10.0.0.1:8443",
                                        "freshet.inputs.containers",
                                        "open, open-too"),
                                "inputs",
                                1_000))
                .build();
        StorageAccount account =
                new StorageAccount(config.getConfigMapping(StorageConfig.class), request -> Mono.never());
        return new InputRules(account, config.getConfigMapping(InputsConfig.class));
    }
}
