package io.freshet.gateway.multipart;

import io.freshet.gateway.ingest.Content;
import io.freshet.gateway.ingest.Content.Trait;
import io.freshet.gateway.ingest.ContentEncoding;
import io.freshet.gateway.ingest.Unpacking;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/**
 * The files of a form as one input, in the order in which they were sent. A file is a part with a file name, or one that
 * is named {@code file}. A line that a file does not end is ended before the next file begins. Nobody would read fields:
 * they are refused.
 */
public final class FormFiles implements Unpacking {
    private static final String FILE = "file";

    private final FormReader reader;
    private final Set<Trait> traits;
    private final StrayFields fields = new StrayFields();
    private @Nullable Unpacking file;
    private boolean maybeUnchosen;
    private int files;
    private int unchosen;
    private int fieldBytes;
    private boolean given;
    private boolean lineIsOpen;

    /** @param traits what is known of all the files */
    public FormFiles(Boundary boundary, Set<Trait> traits) {
        this.reader = new FormReader(boundary);
        this.traits = traits;
    }

    @Override
    public void feed(Buffer chunk) {
        reader.feed(chunk);
    }

    @Override
    public void end() {
        reader.end();
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        while (true) {
            int read = fromFile(into, offset, length);
            if (read > 0) {
                return read;
            }
            FormEvent event = reader.next();
            switch (event) {
                case FormEvent.NeedsInput needed -> {
                    return NEEDS_INPUT;
                }
                case FormEvent.FormEnds end -> {
                    return atEnd();
                }
                case FormEvent.PartBegins part -> begin(part.head());
                case FormEvent.Content content -> pass(content.bytes());
                case FormEvent.PartEnds end -> endPart();
            }
        }
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    private int fromFile(byte[] into, int offset, int length) {
        if (file == null) {
            return NEEDS_INPUT;
        }
        int read = file.read(into, offset, length);
        if (read > 0) {
            given = true;
            lineIsOpen = into[offset + read - 1] != '\n';
        }
        if (read == AT_END) {
            close();
        }
        return read;
    }

    private void begin(PartHead head) {
        boolean isFile =
                head.fileName().isPresent() || head.name().filter(FILE::equals).isPresent();
        if (!isFile) {
            fields.note(head.name().orElse(""));
        }
        if (isFile || files > 0) {
            fields.refuse();
        }
        if (isFile) {
            maybeUnchosen = head.fileName().filter(String::isBlank).isPresent();
            Unpacking content = new Content(described(head), traits(head)).unpacking();
            file = lineIsOpen ? new OnNewLine(content) : content;
        }
    }

    private static String described(PartHead head) {
        return head.fileName()
                .filter(name -> !name.isBlank())
                .map(name -> "The file '" + Shown.text(name) + "'")
                .orElse("The form's file");
    }

    private Set<Trait> traits(PartHead head) {
        Set<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(ContentEncoding.traits(head.header("content-encoding")));
        if (given) {
            all.add(Trait.FOLLOWS_ANOTHER);
        }
        return all;
    }

    private void pass(Buffer bytes) {
        maybeUnchosen = false;
        if (file != null) {
            file.feed(bytes);
            return;
        }
        fieldBytes += bytes.length();
        if (fieldBytes > FormReader.MAX_IGNORED_BYTES) {
            fields.refuse();
        }
    }

    private void endPart() {
        if (file == null) {
            return;
        }
        file.end();
        if (maybeUnchosen) {
            unchosen++;
        } else {
            files++;
        }
    }

    private int atEnd() {
        if (files == 0) {
            throw new ProblemException(
                    ProblemType.NO_FILE_PART,
                    missing() + ": send the lines as a file part named 'file', as curl -F file=@lines.jsonl does");
        }
        return AT_END;
    }

    private String missing() {
        if (unchosen > 0) {
            return "No file was chosen";
        }
        return fields.isEmpty() ? "The form has no parts" : "The form has no file, only " + fields.listed();
    }
}
