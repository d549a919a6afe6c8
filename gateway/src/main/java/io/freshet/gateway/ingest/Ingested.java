package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore.Written;

import java.util.Optional;

/**
 * An input that is in storage.
 *
 * @param parts where its parts lie, and how many lines and unpacked bytes it has
 * @param sha256 of the unpacked bytes, in lower-case hex, if it was wanted
 * @param written ETag of the blob, or a conflict if the order's condition did not hold
 */
public record Ingested(PartTable parts, Optional<String> sha256, Written written) {}
