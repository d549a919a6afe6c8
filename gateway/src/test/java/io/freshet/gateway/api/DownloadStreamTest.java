package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.freshet.storage.RunFiles;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Downloads that are larger than what the gateway may hold. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class DownloadStreamTest extends ApiScenario {
    private static final int LARGE = 64 << 20;
    private static final int CHUNK = 2 << 20;

    @Test
    void noMoreIsReadFromStorageThanTheClientTakes() throws IOException {
        byte[] content = content(LARGE);
        Run run = complete(content);
        try (RawClient client = RawClient.slowReader(port())) {
            long before = reads();
            client.send("GET /jobs/" + run.id() + "/results HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head().contentLength()).isEqualTo(LARGE);
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Patience.LIMIT)
                    .until(() -> reads() - before < LARGE / CHUNK / 3);
            assertThat(Arrays.equals(client.body(LARGE), content))
                    .as("the same bytes")
                    .isTrue();
            assertThat(reads() - before).isGreaterThanOrEqualTo(LARGE / CHUNK);
        }
    }

    @Test
    void resultsThatChangeMeanwhileBreakTheDownloadAndDoNotHangIt() throws IOException {
        int size = LARGE / 2;
        Run run = complete(content(size));
        try (RawClient client = RawClient.slowReader(port())) {
            client.send("GET /jobs/" + run.id() + "/results HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
            lab.put(RunFiles.results(run.id()), "others\n");
            assertThat(readToEnd(client, size))
                    .as("bytes before the end of the connection")
                    .isLessThan(size);
        }
    }

    @Test
    void aClientThatGoesAwayEndsTheReading() throws IOException {
        Run run = complete(content(LARGE / 2));
        long before = reads();
        try (RawClient client = RawClient.slowReader(port())) {
            client.send("GET /jobs/" + run.id() + "/results HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
            client.abort();
        }
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Patience.LIMIT)
                .until(() -> reads() - before < LARGE / 2 / CHUNK);
    }

    private static int readToEnd(RawClient client, int size) throws IOException {
        try {
            return client.body(size).length;
        } catch (SocketException reset) {
            return 0;
        }
    }

    private Run complete(byte[] results) {
        Run run = seeds.complete("a\n");
        lab.put(RunFiles.results(run.id()), results);
        return run;
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(7).nextBytes(content);
        return content;
    }

    /** Reads of blobs that storage has answered, as the gateway counts them. */
    private static long reads() {
        return given().get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith("freshet_azure_calls_seconds_count{operation=\"GetBlob\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
