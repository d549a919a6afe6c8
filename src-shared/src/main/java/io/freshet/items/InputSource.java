package io.freshet.items;

import io.freshet.items.ItemLayout.IndexPage;
import io.freshet.run.Items;
import io.freshet.run.Items.Source;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The items of a step in order, with their inputs, a page at a time; the inputs need not be in storage yet. For
 * existing blobs, the data are only their names.
 */
final class InputSource {
    private static final String GENERATED = "[1,1]";

    private final BlobStore runs;

    InputSource(BlobStore runs) {
        this.runs = runs;
    }

    /** Where to continue: the item and, for lines, the byte. Written as {@code 512:4096}. */
    private record Place(int item, long offset) {
        static Place of(@Nullable String token) {
            if (token == null) {
                return new Place(0, 0);
            }
            String[] numbers = token.split(":", 2);
            return new Place(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
        }

        String token() {
            return item + ":" + offset;
        }
    }

    /** @param token where to continue; null at the beginning */
    Uni<IndexPage> page(Items.Blobs blobs, int most, @Nullable String token) {
        Place place = Place.of(token);
        int size = Math.min(most, blobs.count() - place.item());
        return switch (blobs.source()) {
            case Source.Generated s -> Uni.createFrom().item(generated(blobs, place, size));
            case Source.Stored s -> lines(s.blob(), blobs, place, size);
            case Source.Existing s -> lines(s.manifest(), blobs, place, size);
        };
    }

    private Uni<IndexPage> lines(String blob, Items.Blobs blobs, Place place, int size) {
        return StoredLines.read(runs, blob, place.offset(), size)
                .map(lines -> page(blobs, place, lines.texts(), lines.next()));
    }

    /** All of them, page by page as they are consumed. */
    Multi<ItemIndex> all(Items.Blobs blobs) {
        AtomicReference<@Nullable String> token = new AtomicReference<>();
        return Multi.createBy()
                .repeating()
                .uni(() -> page(blobs, Listing.MAX_PAGE, token.get()).invoke(page -> token.set(page.next())))
                .whilst(page -> page.next() != null)
                .onItem()
                .transformToIterable(IndexPage::items);
    }

    private static IndexPage generated(Items.Blobs blobs, Place place, int size) {
        return page(blobs, place, Collections.nCopies(size, GENERATED), 0);
    }

    private static IndexPage page(Items.Blobs blobs, Place place, List<String> inputs, long offset) {
        List<ItemIndex> items = new ArrayList<>(inputs.size());
        int item = place.item();
        for (String data : inputs) {
            items.add(ItemIndex.open(
                    new InputBlob(item, blobs.owner().instance(), BlobLayout.name(blobs.folder(), item), data)));
            item++;
        }
        boolean last = inputs.isEmpty() || item >= blobs.count();
        return new IndexPage(items, last ? null : new Place(item, offset).token());
    }

    /** Reads lines of a blob, a number at a time, without blank ones. */
    static final class StoredLines {
        private static final int CHUNK = 256 * 1024;

        private StoredLines() {}

        /** @param next offset of the first byte after the lines */
        record Lines(List<String> texts, long next) {}

        /** The next lines from a byte offset on; fewer than {@code most} only at the end of the blob. */
        static Uni<Lines> read(BlobStore blobs, String blob, long from, int most) {
            return more(blobs, blob, new Reading(from, most));
        }

        private static Uni<Lines> more(BlobStore blobs, String blob, Reading reading) {
            return blobs.readRange(blob, reading.position(), CHUNK, null).flatMap(bytes -> {
                reading.add(bytes);
                return reading.isOver() ? Uni.createFrom().item(reading.lines()) : more(blobs, blob, reading);
            });
        }

        private static final class Reading {
            private final int most;
            private final List<String> texts = new ArrayList<>();
            private byte[] rest = new byte[0];
            private long next;
            private boolean ended;

            Reading(long from, int most) {
                this.next = from;
                this.most = most;
            }

            long position() {
                return next + rest.length;
            }

            boolean isOver() {
                return ended || texts.size() >= most;
            }

            Lines lines() {
                return new Lines(texts, next);
            }

            void add(ByteBuffer bytes) {
                ended = !bytes.hasRemaining();
                int searched = rest.length;
                rest = Arrays.copyOf(rest, searched + bytes.remaining());
                bytes.get(rest, searched, bytes.remaining());
                int begin = 0;
                for (int i = searched; i < rest.length && texts.size() < most; i++) {
                    if (rest[i] == '\n') {
                        take(begin, i);
                        begin = i + 1;
                    }
                }
                if (ended && texts.size() < most) {
                    take(begin, rest.length);
                    begin = rest.length;
                }
                next += begin;
                rest = Arrays.copyOfRange(rest, begin, rest.length);
            }

            private void take(int begin, int end) {
                String text = new String(rest, begin, end - begin, StandardCharsets.UTF_8).strip();
                if (!text.isEmpty()) {
                    texts.add(text);
                }
            }
        }
    }
}
