package io.freshet.message;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.instance.InstanceId;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.run.WorkItem.Part;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MessageCodecTest {
    private static final String RUN = SampleRuns.ID.toString();

    @Property
    void aPartMessageIsReadAsItWasWritten(
            @ForAll @IntRange(min = 0) int item,
            @ForAll @LongRange(min = 0) long firstByte,
            @ForAll @LongRange(min = 0) long bytes,
            @ForAll @LongRange(min = 1) long firstLine,
            @ForAll @LongRange(min = 0) long lines) {
        Part part = new Part(item, firstByte, bytes, firstLine, lines);
        WorkMessage message = new WorkMessage.ComputeItem(SampleRuns.ID, part, item);

        assertThat(MessageCodec.readWork(MessageCodec.write(message))).isEqualTo(message);
    }

    @Test
    void whatIsWrittenOfAnythingButARunIsRead() {
        ControlMessage seen = new ControlMessage.OutputsSeen(new InstanceId("größe 7"));
        assertThat(MessageCodec.readControl(MessageCodec.write(seen))).isEqualTo(seen);
        ControlMessage changed = new ControlMessage.InstanceChanged(new InstanceId("größe 7"));

        assertThat(MessageCodec.readControl(MessageCodec.write(changed))).isEqualTo(changed);
        ControlMessage probe = new ControlMessage.Probe(".doctor/1");
        assertThat(MessageCodec.readControl(MessageCodec.write(probe))).isEqualTo(probe);
    }

    @Test
    void anInputsMessageBeginsWithWhatWorkersOfTheOriginalKnow() {
        InputBlob blob = new InputBlob(3, "a b", "a%20b/3.json", "[1,1]");
        WorkMessage message = new WorkMessage.ComputeItem(SampleSteps.ID, blob, 2);

        assertThat(MessageCodec.write(message))
                .startsWith("{\"input_id\":3,\"instance_id\":\"a b\",\"path_to_data\":\"a%20b/3.json\",");
        assertThat(MessageCodec.readWork(MessageCodec.write(message))).isEqualTo(message);
    }

    @Test
    void aLongInputStaysInItsBlob() {
        InputBlob blob = new InputBlob(3, "a", "a/3.json", "x".repeat(5_000));
        InputBlob without = new InputBlob(3, "a", "a/3.json", null);

        assertThat(MessageCodec.readWork(MessageCodec.write(new WorkMessage.ComputeItem(SampleSteps.ID, blob, 0))))
                .isEqualTo(new WorkMessage.ComputeItem(SampleSteps.ID, without, 0));
    }

    @Test
    void aMergeMessageIsReadAsItWasWritten() {
        WorkMessage message = new WorkMessage.MergeResults(SampleRuns.ID, 3);

        assertThat(MessageCodec.readWork(MessageCodec.write(message))).isEqualTo(message);
    }

    @Property
    void controlMessagesAreReadAsTheyWereWritten(@ForAll @IntRange(min = 0) int item, @ForAll String reason) {
        ControlMessage changed = new ControlMessage.RunChanged(SampleRuns.ID);
        ControlMessage failed = new ControlMessage.ItemFailed(SampleRuns.ID, item, reason);

        assertThat(MessageCodec.readControl(MessageCodec.write(changed))).isEqualTo(changed);
        assertThat(MessageCodec.readControl(MessageCodec.write(failed))).isEqualTo(failed);
    }

    @Test
    void fieldsOfTomorrowAreIgnored() {
        assertThat(MessageCodec.readControl(
                        "{\"v\":1,\"kind\":\"changed\",\"run\":\"" + RUN + "\",\"urgent\":{\"a\":[1]}}"))
                .isEqualTo(new ControlMessage.RunChanged(SampleRuns.ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"input_id\":1,\"instance_id\":\"a\",\"path_to_data\":\"a/1.json\"}",
                "",
                " ",
                "no json",
                "{",
                "[]",
                "null",
                "7",
                "{}",
                "{\"v\":2,\"kind\":\"part\",\"run\":\"2026-11-1\",\"item\":1,\"firstByte\":0,\"bytes\":1,\"firstLine\":1,\"lines\":1}",
                "{\"v\":1,\"kind\":\"part\"}",
                "{\"v\":1,\"kind\":\"part\",\"run\":\"2026-11-1\"}",
                "{\"v\":1,\"kind\":\"part\",\"run\":\"nonsense\",\"item\":1,\"firstByte\":0,\"bytes\":1,\"firstLine\":1,\"lines\":1}",
                "{\"v\":1,\"kind\":\"part\",\"run\":\"2026-11-1\",\"item\":-1,\"firstByte\":0,\"bytes\":1,\"firstLine\":1,\"lines\":1}",
                "{\"v\":1,\"kind\":\"part\",\"run\":\"2026-11-1\",\"item\":\"1\",\"firstByte\":0,\"bytes\":1,\"firstLine\":1,\"lines\":1}",
                "{\"v\":1,\"kind\":\"part\",\"run\":\"2026-11-1\",\"item\":1.5,\"firstByte\":0,\"bytes\":1,\"firstLine\":1,\"lines\":1}",
                "{\"v\":1,\"kind\":\"part\",\"run\":\"2026-11-1\",\"item\":4294967297,\"firstByte\":0,\"bytes\":1,\"firstLine\":1,\"lines\":1}",
                "{\"v\":1,\"kind\":\"part\",\"run\":\"2026-11-1\",\"item\":1,\"firstByte\":18446744073709551617,\"bytes\":1,\"firstLine\":1,\"lines\":1}",
                "{\"v\":1,\"kind\":\"merge\",\"run\":\"2026-11-1\"}",
                "{\"v\":1,\"kind\":\"changed\",\"run\":\"2026-11-1\"}",
                "{\"v\":1,\"kind\":\"elsewhat\",\"run\":\"2026-11-1\"}"
            })
    void whatIsNoWorkIsMalformed(String text) {
        assertThatThrownBy(() -> MessageCodec.readWork(text))
                .isInstanceOfSatisfying(
                        Permanent.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"v\":1,\"kind\":\"changed\"}",
                "{\"v\":1,\"kind\":\"failed\",\"run\":\"2026-11-1\",\"reason\":\"no item\"}",
                "{\"v\":1,\"kind\":\"merge\",\"run\":\"2026-11-1\",\"generation\":1}"
            })
    void whatIsNoControlMessageIsMalformed(String text) {
        assertThatThrownBy(() -> MessageCodec.readControl(text))
                .isInstanceOfSatisfying(
                        Permanent.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.MALFORMED));
    }

    @Test
    void aMalformedMessageIsNotQuotedWhole() {
        String secret = "sig=" + "s".repeat(500);

        assertThatThrownBy(() -> MessageCodec.readWork(
                        "{\"v\":1,\"kind\":\"part\",\"run\":\"2026-11-1\",\"x\":\"" + secret + "\"}"))
                .hasMessageNotContaining(secret);
    }
}
