/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.vtd;

import static org.faultring.hwmodel.vtd.VtdFixture.FUNCTION;
import static org.faultring.hwmodel.vtd.VtdFixture.PAGE;
import static org.faultring.hwmodel.vtd.VtdFixture.PASID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.faultring.hwmodel.CachingFunction;
import org.faultring.hwmodel.device.InvalidationHandling;
import org.faultring.hwmodel.iommu.TranslationSource;
import org.faultring.hwmodel.pci.AddressType;
import org.faultring.hwmodel.pci.PasidPrefix;
import org.faultring.hwmodel.pci.TranslationCompletionEntry;
import org.faultring.hwmodel.pci.TranslationPort;
import org.faultring.hwmodel.pci.TranslationRequestMessage;
import org.faultring.ring.counter.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Translation requests, and a cache in front of them that Linux's driver invalidates. */
class TranslationRequestTest {

    private static final long READ = TranslationCompletionEntry.READ;
    private static final long WRITE = TranslationCompletionEntry.WRITE;
    private static final int PRIVILEGED_CODE =
            PASID | PasidPrefix.EXECUTE_REQUESTED | PasidPrefix.PRIVILEGED_MODE_REQUESTED;
    private static final int DOMAIN = 5;

    private final DriverFixture linux = new DriverFixture(0, 48, 64);
    private final VtdFixture vtd = linux.vtd;
    /** Pages of the PASID that are mapped. */
    private final Set<Long> mapped = new HashSet<>();
    private final CachingFunction function = new CachingFunction(vtd.iommu, FUNCTION, vtd.tally);

    TranslationRequestTest() {
        vtd.iommu.translateBy((requesterId, pasid, address) -> requesterId == FUNCTION && pasid == PASID
                && mapped.contains(address) ? address | READ | WRITE : 0);
    }

    private long translate(final int prefix, final long flags) {
        return vtd.iommu.translate(FUNCTION, prefix, TranslationRequestMessage.of(PAGE, flags));
    }

    private boolean reaches(final long page) {
        return function.reaches(PASID, page);
    }

    @Test
    void shouldAnswerWithoutAFaultWhetherThePageIsThereOrNot() {
        assertEquals(0, translate(PASID, 0));
        mapped.add(PAGE);
        assertEquals(PAGE | READ | WRITE, translate(PASID, 0));
        assertEquals(PAGE | READ, translate(PASID, TranslationRequestMessage.NO_WRITE));
        assertEquals(0, translate(PASID + 1, 0));
        assertEquals(0, translate(PasidPrefix.NONE, 0));
        assertEquals(0, vtd.fsts());
        assertEquals(2, vtd.count(Counter.TRANSLATIONS_GRANTED));
        assertEquals(3, vtd.count(Counter.TRANSLATIONS_MISSED));
    }

    @Test
    void shouldRecordARequestThatIsBlocked() {
        final VtdFixture other = new VtdFixture();
        other.iommu.blockTranslationRequests(FUNCTION);
        assertEquals(TranslationPort.UNSUPPORTED_REQUEST, other.iommu.translate(FUNCTION, PRIVILEGED_CODE,
                TranslationRequestMessage.of(PAGE, TranslationRequestMessage.NO_WRITE)));
        assertRecord(other, 0x44, FaultRecord.READ | FaultRecord.EXECUTE | FaultRecord.PRIVILEGED);
        assertEquals(1, other.count(Counter.TRANSLATIONS_REFUSED));
        // Another function is not concerned.
        assertEquals(0, other.iommu.translate(FUNCTION + 1, PASID, TranslationRequestMessage.of(PAGE, 0)));
    }

    @Test
    void shouldAbortAndRecordWhereTheTablesCannotBeRead() {
        final VtdFixture other = new VtdFixture();
        other.iommu.translateBy((requesterId, pasid, address) -> TranslationSource.ERROR | READ);
        assertEquals(TranslationPort.COMPLETER_ABORT,
                other.iommu.translate(FUNCTION, PASID, TranslationRequestMessage.of(PAGE, 0)));
        assertRecord(other, 0x70, 0);
        assertEquals(1, other.count(Counter.TRANSLATIONS_ABORTED));
    }

    private static void assertRecord(final VtdFixture other, final int reason, final long attributes) {
        final int offset = VtdRegisters.faultRecordOffset(other.registers.read64(VtdRegisters.CAP));
        assertEquals(PAGE, FaultRecord.address(other.registers.read64(offset)));
        final long high = other.registers.read64(offset + 8);
        assertEquals(FUNCTION, FaultRecord.sourceId(high));
        assertEquals(PASID, FaultRecord.pasid(high));
        assertEquals(reason, FaultRecord.reason(high));
        assertEquals(AddressType.TRANSLATION_REQUEST.at(), FaultRecord.addressTypeOf(high));
        final long all = FaultRecord.READ | FaultRecord.EXECUTE | FaultRecord.PRIVILEGED;
        assertEquals(attributes, high & all);
    }

    @Test
    void shouldBeOutOfReachOnceTheDriversInvalidationIsDone() {
        mapped.add(PAGE);
        assertTrue(reaches(PAGE));
        mapped.clear();
        // It is gone, but what the function holds it uses.
        assertTrue(reaches(PAGE));
        assertTrue(linux.driver.drainPasid(DriverFixture.DEVICE, PASID, DOMAIN, FUNCTION, 0));
        for (int i = 0; i < 10; i++) {
            linux.cycle();
        }
        assertTrue(linux.driver.isDrainingPasid());
        function.doWork();
        finishDrain();
        assertFalse(reaches(PAGE));
        assertEquals(1, vtd.count(Counter.INVALIDATIONS_COMPLETED));
    }

    @Test
    void shouldReachAPageThatIsGoneWhereTheFunctionCompletesBeforeItForgets() {
        function.handle(InvalidationHandling.COMPLETE_EARLY);
        mapped.add(PAGE);
        assertTrue(reaches(PAGE));
        mapped.clear();
        assertTrue(linux.driver.drainPasid(DriverFixture.DEVICE, PASID, DOMAIN, FUNCTION, 0));
        for (int i = 0; i < 10; i++) {
            linux.cycle();
        }
        function.doWork();
        finishDrain();
        assertTrue(reaches(PAGE));
        function.doWork();
        assertFalse(reaches(PAGE));
    }

    private void finishDrain() {
        for (int i = 0; i < 100 && linux.driver.isDrainingPasid(); i++) {
            linux.cycle();
        }
        assertFalse(linux.driver.isDrainingPasid());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldNeverReachAPageThatWasGoneBeforeAnInvalidationWhateverTheOrder(final long seed) {
        final Random random = new Random(seed);
        // Gone when the invalidation under way began, and not mapped since.
        final Set<Long> goneBefore = new HashSet<>();
        final Set<Long> gone = new HashSet<>();
        boolean draining = false;
        int drains = 0;
        for (int step = 0; step < 20_000; step++) {
            final long page = PAGE + random.nextInt(16) * 4096L;
            switch (random.nextInt(7)) {
                case 0 -> {
                    mapped.add(page);
                    gone.remove(page);
                    goneBefore.remove(page);
                }
                case 1 -> {
                    if (mapped.remove(page)) {
                        gone.add(page);
                    }
                }
                case 2 -> reaches(page);
                case 3 -> function.doWork();
                case 4 -> vtd.iommu.doWork();
                case 5 -> linux.driver.doWork();
                default -> {
                    if (!draining && linux.driver.drainPasid(DriverFixture.DEVICE, PASID, DOMAIN, FUNCTION, 0)) {
                        goneBefore.addAll(gone);
                        draining = true;
                    }
                }
            }
            if (draining && !linux.driver.isDrainingPasid()) {
                draining = false;
                drains++;
                for (final long each : goneBefore) {
                    assertFalse(reaches(each), "seed " + seed + ", step " + step);
                }
                goneBefore.clear();
            }
        }
        assertTrue(drains > 100, "drains " + drains);
        assertEquals(0, vtd.fsts());
    }
}
