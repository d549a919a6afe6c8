package io.freshet.storage;

import io.freshet.run.Part;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.LeaseState;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The index blob of a part: it exists as long as the part is open, its lease is the claim on the part, its metadata
 * say which bytes the part covers, how often it was tried and, in the end, why it failed.
 *
 * @param attempts attempts that failed, or whose worker died; not those that were handed back or lost the storage
 * @param failure why the part failed for good; null while it is open
 */
public record PartIndex(Part part, int attempts, @Nullable String failure) {
    private static final Pattern NAME = Pattern.compile(".*/ctrl_input_(\\d{1,9})_(\\d{1,19})");

    public static PartIndex open(Part part) {
        return new PartIndex(part, 0, null);
    }

    /** After one more attempt. */
    public PartIndex attempted() {
        return new PartIndex(part, attempts + 1, failure);
    }

    public PartIndex failed(String reason) {
        return new PartIndex(part, attempts, reason);
    }

    public String name(RunId run) {
        return RunFiles.indexes(run) + part.number() + "_" + part.firstByte();
    }

    public Attributes attributes() {
        return new Attributes("text/plain", metadata());
    }

    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("bytes", Long.toString(part.bytes()));
        metadata.put("firstline", Long.toString(part.firstLine()));
        metadata.put("lines", Long.toString(part.lines()));
        if (attempts > 0) {
            metadata.put("attempts", Integer.toString(attempts));
        }
        if (failure != null) {
            metadata.put("failure", MetadataText.encode(failure));
        }
        return metadata;
    }

    /**
     * Reads a listing entry that has metadata; null for a blob that is no index blob. A lease that ran out counts as an
     * attempt: nobody else could record it.
     */
    public static @Nullable PartIndex of(BlobInfo blob) {
        Matcher name = NAME.matcher(blob.name());
        Map<String, String> metadata = blob.metadata();
        if (!name.matches() || !metadata.keySet().containsAll(Set.of("bytes", "firstline", "lines"))) {
            return null;
        }
        Part part = new Part(
                Integer.parseInt(name.group(1)),
                Long.parseLong(name.group(2)),
                Long.parseLong(metadata.get("bytes")),
                Long.parseLong(metadata.get("firstline")),
                Long.parseLong(metadata.get("lines")));
        int attempts = Integer.parseInt(metadata.getOrDefault("attempts", "0"));
        String failure = metadata.get("failure");
        PartIndex recorded = new PartIndex(part, attempts, failure == null ? null : MetadataText.decode(failure));
        return blob.lease() == LeaseState.ABANDONED ? recorded.attempted() : recorded;
    }
}
