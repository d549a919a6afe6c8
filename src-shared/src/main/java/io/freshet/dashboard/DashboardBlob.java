package io.freshet.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The one blob that the watcher writes for all who look: JSON, packed with gzip. Times are seconds since 1970, with
 * fractions.
 *
 * <pre>{@code
 * {"v":1, "at":…,
 *  "series":{"step":5,"from":…,"waiting":[…],"inFlight":[…],"workers":[…],"pods":[…],"nodes":[…]},
 *  "rows":[…],
 *  "cluster":{"nodes":[…],"pods":[…],"scalers":[…],"bursts":[…]}}
 * }</pre>
 *
 * <p>In a series, {@code null} is an unknown value. Rows are those of {@link RunRow}: all unfinished runs, and those that
 * have ended within the hour. {@code cluster} is absent if no cluster is observed.
 */
public final class DashboardBlob {
    public static final String NAME = "dashboard/state";

    /** Maximum interval between writes, so that readers can tell an idle watcher from one that is gone. */
    public static final long WRITTEN_EVERY_SECONDS = 60;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private DashboardBlob() {}

    public static ObjectNode empty() {
        return JSON.createObjectNode().put("v", VERSION);
    }

    public static byte[] write(ObjectNode state) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            JSON.writeValue(out, state);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return packed.toByteArray();
    }

    /** Fails with MALFORMED for another version or anything else. */
    public static ObjectNode read(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            if (JSON.readTree(in) instanceof ObjectNode state && state.path("v").asInt() == VERSION) {
                return state;
            }
        } catch (IOException e) {
            throw new Permanent(FailureCode.MALFORMED, "Unreadable " + NAME, e);
        }
        throw new Permanent(FailureCode.MALFORMED, "Unreadable " + NAME + ": it is of another version");
    }
}
