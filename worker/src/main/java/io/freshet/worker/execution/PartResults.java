package io.freshet.worker.execution;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.freshet.items.Utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The results of a part: output lines go into one blob, rejected lines into another. */
final class PartResults implements Results {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int SHOWN_INPUT_BYTES = 4 * 1024;

    private final StagedBlob output;
    private final StagedBlob errors;
    private long rejectedLines;

    PartResults(StagedBlob output, StagedBlob errors) {
        this.output = output;
        this.errors = errors;
    }

    long rejectedLines() {
        return rejectedLines;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws InterruptedException {
        output.write(bytes, offset, length);
        output.write((byte) '\n');
    }

    @Override
    public void reject(Line line, String reason) throws InterruptedException {
        byte[] report = report(line, reason);
        errors.write(report, 0, report.length);
        rejectedLines++;
    }

    private static byte[] report(Line line, String reason) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("line", line.number());
            json.writeStringField("reason", reason);
            json.writeStringField("input", beginning(line));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }

    /** At most 4 KiB of the line, not cut inside a character. */
    private static String beginning(Line line) {
        int length = Utf8.beginning(line.buffer(), line.offset(), line.length(), SHOWN_INPUT_BYTES);
        return new String(line.buffer(), line.offset(), length, StandardCharsets.UTF_8);
    }
}
