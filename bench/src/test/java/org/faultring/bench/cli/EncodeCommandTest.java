/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class EncodeCommandTest {

    /** Vendor and record, layout and fields (all that are not 0), words: made by one encoder, checked by another. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pci page-request|page-request page-address=0x7f1234567000 prgi=0x1a5 l=1 w=1 r=1|00007F1234567D2F",
        "pci page-group-response|page-group-response destination-id=03:01.0 prgi=0x1a5|030801A500000000",
        "smmuv3 prq|page-request stream-id=0x308 substream-id=0x42 ssv=1 last=1 write=1 read=1 prg-index=0x1a5 "
                + "page-address=0x7f1234567000|F000004200000308 00007F12345671A5",
        "smmuv3 prq|stop-marker stream-id=0x308 substream-id=0x42|C000004200000308 0",
        "smmuv3 event|f-translation stream-id=0x308 ssv=1 substream-id=0x42 stall=1 stag=7 class=in "
                + "input-addr=0x7f1234567abc|0000030800042810 0000020080000007 00007F1234567ABC 0",
        "smmuv3 event|f-permission stream-id=0x308 pnu=1 rnw=1 s2=1 class=tt ttrnw=1 input-addr=0x7f1234567abc "
                + "ipa=0x80001234000|0000030800000013 0000118A00000000 00007F1234567ABC 0000080001234000",
        "smmuv3 command|resume stream-id=0x308 ac=1 stag=7|0000030800001044 7",
        "smmuv3 command|resume stream-id=0x308 ab=1 stag=7|0000030800002044 7",
        "smmuv3 command|resume stream-id=0x308 stag=7|0000030800000044 7",
        "smmuv3 command|pri-resp stream-id=0x308 ssv=1 substream-id=0x42 prg-index=0x1a5 resp=success"
                + "|0000030800042841 00000000000021A5",
        "smmuv3 command|sync msh=3 msi-attr=0xf|000000000FC00046 0",
        "smmuv3 command|sync cs=irq msh=3 msi-attr=0xf msi-address=0x123456780|000000000FC01046 0000000123456780",
        "smmuv3 command|sync cs=sev msh=3 msi-attr=0xf|000000000FC02046 0",
        "smmuv3 command|atc-inv stream-id=0x308 ssv=1 substream-id=0x42 size=4|0000030800042840 4",
        "smmuv3 command|atc-inv stream-id=0x308 size=all|0000030800000040 34",
        "smmuv3 command|tlbi-nh-va asid=0x21 num=4 leaf=1 ttl=3 tg=4k address=0x7f1234567000"
                + "|0021000000004012 00007F1234567701",
        "smmuv3 command|tlbi-nh-va asid=0x21 scale=6 leaf=1 ttl=3 tg=4k address=0x7f123456c000"
                + "|0021000000600012 00007F123456C701",
        "smmuv3 event|f-translation stream-id=0x10 ssv=1 substream-id=0x42 class=in input-addr=0x7f1234567abc"
                + "|0000001000042810 0000020000000000 00007F1234567ABC 0",
        "smmuv3 command|pri-resp stream-id=0x308 ssv=1 substream-id=0x42 prg-index=0x1a5 resp=invalid-request"
                + "|0000030800042841 00000000000011A5",
        "smmuv3 command|pri-resp stream-id=0x308 ssv=1 substream-id=0x42 prg-index=0x1a5 resp=response-failure"
                + "|0000030800042841 00000000000001A5",
        "smmuv3 command|cfgi-cd stream-id=0x308 substream-id=0x42 leaf=1|0000030800042005 1",
        "smmuv3 command|cfgi-ste-range range=all|4 1F",
        "vtd prq|page-request pp=1 rid=03:01.0 pasid=0x42 rd=1 wr=1 lpig=1 prgi=0x1a5 address=0x7f1234567000"
                + "|0000004203080101 00007F1234567D2F 0 0",
        "vtd prq|page-request pp=1 rid=03:01.0 pasid=0x42 rd=1 prgi=0x1a5 address=0x7f1234566000"
                + "|0000004203080101 00007F1234566D29 0 0",
        "vtd prq|stop-marker rid=03:01.0 pasid=0x42|0000004203080101 4 0 0",
        "vtd command|page-group-response pp=1 rid=03:01.0 pasid=0x42 prgi=0x1a5|0000004203080019 D28 0 0",
        "vtd command|page-group-response pp=1 rid=03:01.0 pasid=0x42 prgi=0x1a5 response-code=invalid-request"
                + "|0000004203081019 D28 0 0",
        "vtd command|page-group-response pp=1 rid=03:01.0 pasid=0x42 prgi=0x1a5 response-code=2"
                + "|0000004203082019 D28 0 0",
        "vtd command-128|page-group-response pp=1 rid=03:01.0 pasid=0x42 prgi=0x1a5 response-code=response-failure"
                + "|000000420308F019 D28",
        "vtd command|page-group-response pp=1 rid=03:01.0 pasid=0x42 prgi=0x1a5 response-code=response-failure"
                + "|000000420308F019 D28 0 0",
        "vtd fault|fault f=1 sid=03:01.0 fr=0x71 pp=1 pasid=0x42 fi=0x7f1234567000|00007F1234567000 8000427180000308",
        "vtd fault|fault f=1 sid=0xa0 fr=6 t2-t1=read fi=0xfee00000|00000000FEE00000 C0000006000000A0",
        "vtd command|wait sw=1 status-data=2 status-address=0x100004014|0000000200000025 0000000100004014 0 0",
        "vtd command|wait sw=1 pd=1 status-data=2|00000002000000A5 0 0 0",
        "vtd command|wait fn=1 status-data=2|0000000200000045 0 0 0",
        "vtd command|pasid-iotlb g=2 did=5 pasid=0x42|0000004200050026 0 0 0",
        "vtd command|pasid-device-tlb pfsid=0x308 sid=03:01.0 pasid=0x42 s=1 address=0x7ffffffffffff000"
                + "|0300004203088008 7FFFFFFFFFFFF800 0 0",
        "vtd command|pasid-device-tlb qdep=1 sid=03:01.0 pasid=0x42 s=1 address=0x7f1234565000"
                + "|0000004203080018 00007F1234565800 0 0",
        "amd prq|page-request device-id=03:01.0 pasid=0x42 prgi=0x1a5 last=1 read=1 write=1 us=user gn=1 "
                + "address=0x7f1234567000|116403A500420308 00007F1234567000",
        "amd prq|page-request device-id=03:01.0 pasid=0xabcde prgi=0x1a5 last=1 read=1 write=1 us=user gn=1 "
                + "address=0x7f1234567000|11642BA5BCDE0308 00007F1234567000",
        "amd command|complete-ppr-request device-id=03:01.0 pasid=0x42 gn=1 prgi=0x1a5"
                + "|7000004200000308 000001A500000004",
        "amd command|complete-ppr-request device-id=03:01.0 pasid=0x42 gn=1 prgi=0x1a5 code=0xf"
                + "|7000004200000308 0000F1A500000004",
        "amd command|complete-ppr-request device-id=03:01.0 pasid=0x42 gn=1 prgi=0x1a5 code=invalid-request"
                + "|7000004200000308 000011A500000004",
        "amd command|complete-ppr-request device-id=03:01.0 pasid=0x42 gn=1 prgi=0x1a5 code=2"
                + "|7000004200000308 000021A500000004",
        "amd event|io-page-fault device-id=03:01.0 id=5 rw=write address=0x7f1234567000"
                + "|2020000500000308 00007F1234567000",
        "riscv prq|page-request did=0x308 pv=1 pid=0x42 r=1 w=1 l=1 prgi=0x1a5 address=0x7f1234567000"
                + "|0003080100042000 00007F1234567D2F",
        "riscv command|ats.prgr rid=03:01.0 pv=1 pid=0x42 prgi=0x1a5|0003080100042084 000001A500000000",
        "riscv command|ats.prgr rid=03:01.0 pv=1 pid=0x42 prgi=0x1a5 code=response-failure"
                + "|0003080100042084 0000F1A500000000",
        "riscv fault|fault cause=15 ttyp=3 did=0x308 pv=1 pid=0x42 iotval=0x7f1234567abc"
                + "|0003080D0004200F 0 00007F1234567ABC 0"})
    void shouldEncodeAndDecodeWorkedExamples(final String record, final String fields, final String hex)
            throws IOException {
        final List<String> words = Arrays.stream(hex.split(" "))
                .map(word -> String.format("0x%016x", Long.parseUnsignedLong(word, 16))).toList();
        final Call encoded = Call.ofLine("encode " + record + " " + fields);
        assertEquals("", encoded.err());
        assertEquals(ExitCode.OK, encoded.exitCode());
        assertEquals(String.join(" ", words), encoded.out().strip());

        final JsonNode decoded = Call.json(("decode " + record + " --json " + hex).split(" ")).get("records").get(0);
        assertEquals(fields.split(" ")[0], decoded.get("layout").asText());
        assertEquals(0, decoded.get("reserved").size());
        final List<String> again =
                new ArrayList<>(List.of(("encode " + record + " " + fields.split(" ")[0]).split(" ")));
        decoded.get("fields").properties().forEach(
                field -> again.add(field.getKey() + "=" + field.getValue().get("value").asText()));
        assertEquals(encoded, Call.of(again.toArray(String[]::new)));
    }

    @Test
    void shouldExplainItself() {
        final Call help = Call.of("encode", "--help");
        assertEquals(ExitCode.OK, help.exitCode());
        assertTrue(help.out().contains("Example: faultring encode vtd command page-group-response"), help::out);
    }

    @Test
    void shouldPrintBytesOfMemory() {
        final Call call = Call.ofLine("encode smmuv3 prq stream-id=0x308 substream-id=0x42 ssv=1 last=1 write=1 read=1 "
                + "prg-index=0x1a5 page-address=0x7f1234567000 --bytes");
        assertEquals("08 03 00 00 42 00 00 f0 a5 71 56 34 12 7f 00 00", call.out().strip());
    }

    @Test
    void shouldPrintJsonOfTheShapeOfDecode() throws IOException {
        final JsonNode encoded = Call.json("encode", "amd", "event", "--json", "io-page-fault", "id=5", "rw=1");
        final JsonNode record = encoded.get("records").get(0);
        assertEquals("fields", record.get("source").asText());
        assertEquals("write", record.get("fields").get("rw").get("meaning").asText());
        assertEquals("0x2020000500000000", record.get("words").get(0).asText());
    }

    @Test
    void shouldSetReservedBitsAndSayWhatTheWordsAre() {
        assertEquals("0x0000000000000401",
                Call.ofLine("encode vtd prq reserved-qw0=0x400").out().strip().split(" ")[0]);
        final Call marker = Call.ofLine("encode vtd prq page-request pp=1 lpig=1");
        assertEquals(ExitCode.OK, marker.exitCode());
        assertTrue(marker.err().contains("these words are those of a stop-marker"), marker::err);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "vtd prq ridd=1|nearest: rid)", "vtd prq page-request ridd=1|nearest: rid)",
        "vtd prq rid=0x10000|rid=0x10000 (expected: 0..0xffff)", "vtd prq rid=70000|rid=70000 (expected: 0..0xffff)",
        "vtd prq rid=-1|rid=-1 (expected: a number, decimal or as 0x…, or bus:device.function)",
        "vtd prq rid=|rid= (expected: a number", "vtd prq rid=00:20.0|(expected: bus:device.function, up to ff:1f.7)",
        "vtd prq address=0x10|address=0x10 (expected: a multiple of 0x1000 up to 0xfffffffffffff000)",
        "vtd command page-group-response response-code=sucess|invalid-request, reserved-failure-of-linux",
        "vtd prq pagerequest|vtd prq layout=pagerequest (expected: stop-marker",
        "vtd prq page-request type=3|type=0x3 (expected: 0x1 in page-request)",
        "vtd prq rid=1 rid=2|rid=2 (expected: each field once)",
        "vtd prq page-request rid|'rid' (expected: field=value)",
        "vtd command address=0x1000|the name of a layout before the fields, one of iotlb, device-tlb, pasid-iotlb",
        "vtd command status-data=1 rid=1|fields=status-data,rid (expected: fields of one layout",
        "vtd prq reserved-qw0=1|reserved-qw0=1 (expected: no bits but 0xffc000000000fe00)",
        "vtd prq reserved-qw0=x|reserved-qw0=x (expected: a number", "vtd prx rid=1|nearest: prq)",
        "xtd prq rid=1|nearest: vtd)"})
    void shouldRefuseBadInput(final String line, final String message) {
        final Call call = Call.ofLine("encode " + line);
        assertEquals(ExitCode.BAD_INPUT, call.exitCode());
        assertEquals("", call.out());
        assertEquals(1, call.err().lines().count(), call::err);
        assertTrue(call.err().contains(message), call::err);
    }
}
