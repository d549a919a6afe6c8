package io.freshet.worker.execution;

import io.freshet.run.Part;
import io.freshet.storage.OutputType;

/**
 * A part whose output is in storage.
 *
 * @param type what was computed here
 * @param byAnother another worker's output was there first, and stays
 */
public record CommittedPart(Part part, OutputType type, boolean byAnother) {}
