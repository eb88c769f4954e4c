/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Input of decode in all its forms; worked examples are in {@link EncodeCommandTest}. */
@Timeout(60)
class DecodeCommandTest {

    private static final String PRQ = "0000004203080101 00007F1234567D2F";
    private static final String EVENT_LINES = """
            [   12.345678] arm-smmu-v3 arm-smmu-v3.0.auto: event 0x10 received:
            [   12.345679] arm-smmu-v3 arm-smmu-v3.0.auto: \t0x0000030800042810
            [   12.345680] arm-smmu-v3 arm-smmu-v3.0.auto: \t0x0000020080000007
            [   12.345681] arm-smmu-v3 arm-smmu-v3.0.auto: \t0x00007f1234567abc
            [   12.345682] arm-smmu-v3 arm-smmu-v3.0.auto: \t0x0000000000000000
            """;
    private static final String EXPLANATION = """
            arm-smmu-v3 a: event: F_TRANSLATION client: 0000:03:01.0 sid: 0x308 ssid: 0x42 iova: 0x7f1234567abc ipa: 0
            arm-smmu-v3 a: unpriv data write s1 "Input address caused fault" stall stag: 0x7
            """;

    private static Call fed(final String input, final String... args) {
        final InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            return Call.of(args);
        } finally {
            System.setIn(before);
        }
    }

    private static JsonNode records(final Call call) throws IOException {
        assertEquals("", call.err());
        assertEquals(ExitCode.OK, call.exitCode());
        final JsonNode all = new ObjectMapper().readTree(call.out());
        assertEquals("faultring-records/1", all.get("schema").asText());
        return all.get("records");
    }

    private static String words(final JsonNode record) {
        final StringBuilder words = new StringBuilder();
        record.get("words").forEach(word -> words.append(word.asText().substring(2)).append(' '));
        return words.toString().strip();
    }

    private static JsonNode decoded(final String vendor, final String record, final String... hex) throws IOException {
        final String[] args = new String[hex.length + 4];
        args[0] = "decode";
        args[1] = vendor;
        args[2] = record;
        args[3] = "--json";
        System.arraycopy(hex, 0, args, 4, hex.length);
        final JsonNode records = records(Call.of(args));
        assertEquals(1, records.size());
        return records.get(0);
    }

    private static String refused(final Call call) {
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("", call.out());
        assertEquals(1, call.err().lines().count(), call::err);
        return call.err();
    }

    @Test
    void shouldExplainItself() {
        final Call help = Call.of("decode", "--help");
        assertEquals(ExitCode.OK, help.exitCode());
        assertTrue(help.out().contains("Example: faultring decode vtd prq"), help::out);
        assertTrue(help.out().contains("prq|event|command|cmdqv"), help::out);
        assertTrue(help.out().contains("prq_report"), help::out);
    }

    @Test
    void shouldPrintEveryFieldWithItsBitsAndMeaning() {
        final Call call = Call.ofLine("decode vtd prq " + PRQ);
        assertEquals(ExitCode.OK, call.exitCode());
        assertEquals("", call.err());
        assertEquals("""
                vtd prq: page-request
                 0x0000004203080101 0x00007f1234567d2f 0x0000000000000000 0x0000000000000000
                 field    value           decimal  bits       meaning
                 type     0x1                      qw0 7:0    page request
                 pp       0x1                      qw0 8
                 rid      0x308                    qw0 31:16  03:01.0
                 pasid    0x42                 66  qw0 51:32
                 exr      0x0                      qw0 52
                 pmr      0x0                      qw0 53
                 rd       0x1                      qw1 0
                 wr       0x1                      qw1 1
                 lpig     0x1                      qw1 2
                 prgi     0x1a5               421  qw1 11:3
                 address  0x7f1234567000           qw1 63:12
                note: not given, so taken as 0: qw2, qw3
                """, call.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000004203080101 00007F1234567D2F 0 0", "0x4203080101 0x7f1234567d2f 0x0 0x0",
        "0000004203080101/00007F1234567D2F/0/0", "0000_0042_0308_0101 0000_7F12_3456_7D2F 0 0",
        "0000004203080101 / 00007F1234567D2F / 0 / 0",
        "000000420308010100007F1234567D2F00000000000000000000000000000000",
        "0x0000004203080101_00007F1234567D2F 0 0", "0000004203080101 00007F1234567D2F"})
    void shouldReadWordsInAnyNotation(final String hex) throws IOException {
        final String expected = "0000004203080101 00007f1234567d2f 0000000000000000 0000000000000000";
        assertEquals(expected, words(decoded("vtd", "prq", hex.split(" "))));
        assertEquals(expected, words(decoded("vtd", "prq", hex)));
        assertEquals(expected, words(records(fed(hex + "\n", "decode", "vtd", "prq", "-", "--json")).get(0)));
        assertEquals(expected, words(records(fed(hex, "decode", "vtd", "prq", "--json")).get(0)));
    }

    @Test
    void shouldReadSeveralRecords() throws IOException {
        assertEquals(3, records(Call.ofLine("decode amd prq --json 1 2 3 4 5 6")).size());
        final JsonNode lines = records(fed("# a comment\n1 2\n\n3 4 5 6\n", "decode", "amd", "prq", "--json"));
        assertEquals(3, lines.size());
        assertEquals("0000000000000005 0000000000000006", words(lines.get(2)));
        final Call text = Call.ofLine("decode amd prq 1 2 3 4");
        assertEquals(2, text.out().lines().filter("amd prq: unknown"::equals).count());
        assertEquals(0, records(fed("", "decode", "amd", "prq", "--json")).size());
    }

    @Test
    void shouldShowReservedBitsAndUnknownTypes() throws IOException {
        final JsonNode reserved = decoded("vtd", "prq", "5000004203080501", "0", "0", "0").get("reserved");
        assertEquals("0x5000000000000400", reserved.get("reserved-qw0").get("value").asText());
        assertEquals("qw0 62,60,10", reserved.get("reserved-qw0").get("bits").asText());
        assertEquals("reserved, but set", reserved.get("reserved-qw0").get("meaning").asText());
        final JsonNode unknown = decoded("vtd", "prq", "FF", "8000000000000001", "0", "0");
        assertEquals("unknown", unknown.get("layout").asText());
        assertEquals("0xff", unknown.get("fields").get("type").get("value").asText());
        assertEquals("qw1 63,0", unknown.get("reserved").get("reserved-qw1").get("bits").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"08030000420000f0a5715634127f0000\n", "08030000420000f0\na5715634127f0000\n",
        "08 03 00 00 42 00 00 f0 a5 71 56 34 12 7f 00 00", "0x08,0x03,0,00 42 00 00 f0 a5 71 56 34 12 7f 00 00",
        "00000000: 0803 0000 4200 00f0 a571 5634 127f 0000  ...|B. ..qV4:...\n",
        "00000000  08 03 00 00 42 00 00 f0  a5 71 56 34 12 7f 00 00  |..:|B....qV4....|\n00000010\n",
        "0000000 0308 0000 0042 f000 71a5 3456 7f12 0000\n0000010\n"})
    void shouldReadDumpsOfMemory(final String dump) throws IOException {
        if (dump.contains(",0,")) {
            assertTrue(refused(fed(dump, "decode", "smmuv3", "prq", "--bytes")).contains("line 1: '0'"));
            return;
        }
        final JsonNode records = records(fed(dump, "decode", "smmuv3", "prq", "--bytes", "--json"));
        assertEquals(1, records.size());
        assertEquals("f000004200000308 00007f12345671a5", words(records.get(0)));
        assertEquals("bytes", records.get(0).get("source").asText());
        assertEquals("08 03 00 00 42 00 00 f0 a5 71 56 34 12 7f 00 00", records.get(0).get("bytes").asText());
    }

    @Test
    void shouldRefuseDumpsThatAreNotWhole() {
        assertTrue(refused(Call.ofLine("decode smmuv3 prq --bytes 0803"))
                .contains("the last record has 2 bytes (expected: 16 in each smmuv3 prq record)"));
        assertTrue(refused(fed("00\n*\n", "decode", "smmuv3", "prq", "--bytes")).contains("line 2: '*'"));
        assertTrue(refused(fed("0000000 030\n", "decode", "smmuv3", "prq", "--bytes")).contains("4 hex digits"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "vtd prq|x-1 [0] .. 1.2: prq_report: dmar0/0000:03:01.0 seq# 9: rid=0x308 addr=0x7f1234567 rw--l pasid=0x42 "
                + "index=0x1a5|0000004203080101 00007f1234567d2f 0000000000000000 0000000000000000",
        "vtd prq|dmar0/0000:03:01.0 seq# 9: rid=0x308 addr=0x7f1234566 r---- pasid=0x42 index=0x1a5"
                + "|0000004203080101 00007f1234566d29 0000000000000000 0000000000000000",
        "vtd prq|dmar0/0000:03:01.0 seq# 9: rid=0x308 addr=0x0 --xp- pasid=0xfffff index=0x0 private=0x1/0xff"
                + "|003fffff03080301 0000000000000000 0000000000000001 00000000000000ff",
        "vtd command|x-1 [0] .. 1.2: qi_submit: page_grp_resp dmar0: 0x4203080019 0xd28 0x0 0x0"
                + "|0000004203080019 0000000000000d28 0000000000000000 0000000000000000",
        "vtd command|x-1 [0] .. 1.2: qi_submit: 0xc dmar0: 0xc 0x0 0x0 0x0"
                + "|000000000000000c 0000000000000000 0000000000000000 0000000000000000",
        "vtd command-128|inv_wait dmar0: 0x200000025 0x100004014 0x0 0x0|0000000200000025 0000000100004014",
        "vtd fault|DMAR: [DMA Write PASID 0x42] Request device [03:01.0] fault addr 0x7f1234567000 [fault reason 0x71] "
                + "SM: Present bit in first-level paging entry is clear|00007f1234567000 8000427180000308",
        "vtd fault|DMAR: [DMA Read NO_PASID] Request device [0x00:0x14.0] fault addr 0xfee00000 [fault reason 0x06] "
                + "PTE Read access is not set|00000000fee00000 c0000006000000a0",
        "vtd fault|DMAR: [DMA Read] Request device [00:14.0] PASID ffffffff fault addr fee00000 [fault reason 06] PTE "
                + "Read access is not set|00000000fee00000 c0000006000000a0",
        "vtd fault|DMAR: [DMA Write] Request device [03:01.0] PASID 42 fault addr 7f1234567000 [fault reason 113] x"
                + "|00007f1234567000 8000427180000308",
        "vtd fault|DMAR: [INTR-REMAP] Request device [f0:1f.0] fault index 0x12 [fault reason 0x22] x"
                + "|0012000000000000 800000220000f0f8",
        "vtd fault|DMAR: [INTR-REMAP] Request device [f0:1f.0] fault index 12 [fault reason 34] x"
                + "|0012000000000000 800000220000f0f8",
        "vtd fault|DMAR: [DMA Read] Request device [00:14.0] fault addr fee00000 [fault reason 06] PTE Read access"
                + "|00000000fee00000 c0000006000000a0",
        "amd event|nvme 0000:03:01.0: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0005 address=0x7f1234567000 "
                + "flags=0x0020]|2020000500000308 00007f1234567000",
        "amd event|AMD-Vi: Event logged [IO_PAGE_FAULT device=03:01.0 domain=0x0005 address=0x7f1234567000 "
                + "flags=0x0020]|2020000500000308 00007f1234567000",
        "amd event|AMD-Vi: Event logged [IO_PAGE_FAULT device=0000:03:01.0 domain=0x0005 address=0x7f1234567000 "
                + "flags=0x0020]|2020000500000308 00007f1234567000",
        "amd event|AMD-Vi: Event logged [INVALID_DEVICE_REQUEST device=03:01.0 pasid=0xabcde address=0x1000 "
                + "flags=0x00a1]|80a1bcde000a0308 0000000000001000",
        "amd event|AMD-Vi: Event logged [INVALID_PPR_REQUEST device=03:01.0 pasid=0xabcde address=0x1000 flags=0x0000 "
                + "tag=0x1a5]|900029a5bcde0308 0000000000001000",
        "amd event|pci 0000:00:00.2: AMD-Vi: Event logged [ILLEGAL_COMMAND_ERROR address=0x1040]"
                + "|5000000000000000 0000000000001040",
        "amd event|AMD-Vi: Event logged [RMP_HW_ERROR device=03:01.0, vmg_tag=0x0007, spa=0x1000, flags=0x0020]"
                + "|e020000700000308 0000000000001000",
        "amd event|AMD-Vi: Event logged [RMP_PAGE_FAULT device=03:01.0, vmg_tag=0x0007, gpa=0x1000, flags_rmp=0x0003, "
                + "flags=0x0020]|d020000700030308 0000000000001000",
        "amd event|AMD-Vi: Event logged [UNKNOWN event[0]=0x00000308 event[1]=0xf0000001 event[2]=0x00000002 "
                + "event[3]=0x00000003|f000000100000308 0000000300000002",
        "riscv fault|riscv-iommu 3010000.iommu: Fault 15 devid: 0x308 iotval: 7f1234567abc iotval2: 0"
                + "|000308000000000f 0000000000000000 00007f1234567abc 0000000000000000"})
    void shouldReadLinesOfTheKernel(final String record, final String line, final String expected) throws IOException {
        final String[] kind = record.split(" ");
        assertEquals(expected, words(decoded(kind[0], kind[1], line)));
        final JsonNode twice = records(fed(line + "\n" + line + "\n", "decode", kind[0], kind[1], "--json"));
        assertEquals(2, twice.size());
        assertEquals(expected, words(twice.get(1)));
    }

    @Test
    void shouldReadEventsOfSmmuv3() throws IOException {
        final String expected = "0000030800042810 0000020080000007 00007f1234567abc 0000000000000000";
        assertEquals(expected, words(decoded("smmuv3", "event", EVENT_LINES)));
        final JsonNode records = records(
                fed(EVENT_LINES + EXPLANATION + EVENT_LINES, "decode", "smmuv3", "event", "--json"));
        assertEquals(2, records.size());
        assertEquals(expected, words(records.get(1)));
        final String request = """
                arm-smmu-v3 a: unexpected PRI request received:
                arm-smmu-v3 a: \tsid 0x00000308.0x00042: [421L] unprivileged RW access at iova 0x00007f1234567000
                """;
        assertEquals("f000004200000308 00007f12345671a5", words(decoded("smmuv3", "prq", request)));
    }

    @Test
    void shouldSkipWhatLinuxPrintsBeforeFaults() throws IOException {
        final String log = """
                [   12.3] DMAR: DRHD: handling fault status reg 2
                [   12.3] DMAR: [DMA Write NO_PASID] Request device [03:01.0] fault addr 0x1000 [fault reason 0x05] x
                """;
        assertEquals(1, records(fed(log, "decode", "vtd", "fault", "--json")).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "vtd prg 0|vtd record=prg (expected: prq, fault, command, command-128; nearest: prq)",
        "vdt prq 0|vendor=vdt (expected: vtd, smmuv3, amd, riscv, pci; nearest: vtd)",
        "vtd prq 0x|line 1: '0x' (expected: hex words of vtd prq records, or a line of the kernel: trace event",
        "amd prq zz|line 1: 'zz' (expected: hex words of amd prq records)",
        "vtd prq 1 2 3 4 5|line 1: 5 words (expected: up to 4 for one vtd prq record, or a multiple of 4 for several)",
        "vtd prq 00000000000000001|has 17 digits (expected: up to 16 for a word, or a multiple of 16 for several)",
        "vtd|Missing required parameter: 'RECORD'"})
    void shouldRefuseBadInput(final String line, final String message) {
        final String refusal = refused(Call.ofLine("decode " + line));
        assertTrue(refusal.contains(message), refusal);
    }

    @Test
    void shouldRefuseLinesOfOthersAndBrokenOnes() {
        final String amd = "AMD-Vi: Event logged [IO_PAGE_FAULT device=03:01.0 domain=0x0005 address=0x1 flags=0x0020]";
        final String other = refused(fed("1\n" + amd + "\n", "decode", "vtd", "prq", "--json"));
        assertTrue(other.contains("line 2: a line of the AMD event log"), other);
        assertTrue(other.contains("for this line: decode amd event"), other);
        final String wrongQueue = refused(Call.of("decode", "amd", "prq", amd));
        assertTrue(wrongQueue.contains("expected: amd prq records"), wrongQueue);
        final String ended = refused(fed(EVENT_LINES.lines().findFirst().orElseThrow(), "decode", "smmuv3", "event"));
        assertTrue(ended.contains("line 1: the input ends after line 1 of the SMMUv3 event (expected: 5 lines)"),
                ended);
        final String cut =
                refused(fed(EVENT_LINES.lines().findFirst().orElseThrow() + "\nx\n", "decode", "smmuv3", "event"));
        assertTrue(cut.contains("line 2: 'x' (expected: line 2 of the 5 lines of the SMMUv3 event)"), cut);
        final String other2 =
                refused(Call.of("decode", "smmuv3", "event", EVENT_LINES.replace("event 0x10", "event 0x11")));
        assertTrue(other2.contains("event 0x10 in the words (expected: 0x11"), other2);
        final String type = refused(Call.of("decode", "amd", "event", amd.replace("IO_PAGE_FAULT", "IO_PAGE_FALT")));
        assertTrue(type.contains("nearest: IO_PAGE_FAULT"), type);
        final String device = refused(Call.of("decode", "amd", "event", amd.replace("03:01.0", "03:21.0")));
        assertTrue(device.contains("device 03:21.0 (expected: bus:device.function"), device);
        final String index = refused(Call.of("decode", "vtd", "prq",
                "dmar0/0000:03:01.0 seq# 9: rid=0x308 addr=0x0 r---- pasid=0x42 index=0x200"));
        assertTrue(index.contains("line 1: prgi=0x200 (expected: no bits beyond 0x1ff)"), index);
        final String wide = refused(Call.of("decode", "vtd", "command-128", "inv_wait dmar0: 0x5 0x0 0x0 0x1"));
        assertTrue(wide.contains("qw3=0x1 (expected: 0 in a record of 2 words)"), wide);
    }
}
