package io.freshet.gateway.multipart;

import io.freshet.gateway.ingest.ContentCoding;
import io.freshet.gateway.ingest.ContentCoding.Trait;
import io.freshet.gateway.ingest.Decoder;
import io.freshet.gateway.multipart.FormReader.Event;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.gateway.problem.Quoted;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The files of a form as one input, in the order in which they were sent. A file is a part with a file name, or one named
 * {@code file}. An unfinished last line of a file is ended before the next file begins. Fields are refused, because nobody
 * would read them.
 */
public final class FormFiles implements Decoder {
    private static final String FILE = "file";

    private final FormReader reader;
    private final Set<Trait> traits;
    private final StrayFields fields = new StrayFields();
    private @Nullable Decoder file;
    private boolean maybeUnchosen;
    private int files;
    private int unchosen;
    private int fieldBytes;
    private boolean hasBytes;
    private boolean lineIsOpen;

    /** @param traits what is known of all files */
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
            Event event = reader.next();
            switch (event) {
                case Event.NeedsInput needed -> {
                    return NEEDS_INPUT;
                }
                case Event.FormEnds end -> {
                    return atEnd();
                }
                case Event.PartBegins part -> begin(part.head());
                case Event.Content content -> pass(content.bytes());
                case Event.PartEnds end -> endPart();
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
            hasBytes = true;
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
            Decoder content = new ContentCoding(described(head), traits(head)).get();
            file = lineIsOpen ? new OnNewLine(content) : content;
        }
    }

    private static String described(PartHead head) {
        return head.fileName()
                .filter(name -> !name.isBlank())
                .map(name -> "The file '" + Quoted.printable(name) + "'")
                .orElse("The form's file");
    }

    private Set<Trait> traits(PartHead head) {
        Set<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(ContentCoding.declared(head.header("content-encoding")));
        if (hasBytes) {
            all.add(Trait.APPENDED);
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

    /** Fields beside the files: nobody would read them, so they are refused by name. */
    private static final class StrayFields {
        private static final int MOST_NAMED = 10;

        private final List<String> names = new ArrayList<>();
        private int count;

        void note(String name) {
            count++;
            if (names.size() < MOST_NAMED) {
                names.add("'" + Quoted.printable(name) + "'");
            }
        }

        boolean isEmpty() {
            return count == 0;
        }

        String listed() {
            return String.join(", ", names) + (count > names.size() ? ", …" : "");
        }

        void refuse() {
            if (!isEmpty()) {
                throw new ProblemException(
                        ProblemType.BAD_PARAMETER,
                        "The form has fields beside its file, " + listed()
                                + ": send parameters in the query, as in /jobs?handler=calculator");
            }
        }
    }
}
