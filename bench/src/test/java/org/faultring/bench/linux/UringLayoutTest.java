/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the headers of this machine. Names that came after Linux 6.0 are left out: headers may be older. */
class UringLayoutTest {

    @TempDir
    private Path folder;

    @Test
    void shouldHaveTheConstantsOfTheHeader() throws Exception {
        CLayout.of("linux/io_uring.h")
                .constant("IORING_SETUP_SQPOLL", UringLayout.SETUP_SQPOLL)
                .constant("IORING_SETUP_CQSIZE", UringLayout.SETUP_CQSIZE)
                .constant("IORING_SETUP_R_DISABLED", UringLayout.SETUP_R_DISABLED)
                .constant("IORING_SETUP_SUBMIT_ALL", UringLayout.SETUP_SUBMIT_ALL)
                .constant("IORING_SETUP_TASKRUN_FLAG", UringLayout.SETUP_TASKRUN_FLAG)
                .constant("IORING_SETUP_SINGLE_ISSUER", UringLayout.SETUP_SINGLE_ISSUER)
                .constant("IORING_SETUP_DEFER_TASKRUN", UringLayout.SETUP_DEFER_TASKRUN)
                .constant("IORING_FEAT_SINGLE_MMAP", UringLayout.FEAT_SINGLE_MMAP)
                .constant("IORING_FEAT_NODROP", UringLayout.FEAT_NODROP)
                .constant("IORING_FEAT_EXT_ARG", UringLayout.FEAT_EXT_ARG)
                .constant("IORING_FEAT_CQE_SKIP", UringLayout.FEAT_CQE_SKIP)
                .constant("IORING_OFF_SQ_RING", UringLayout.OFF_SQ_RING)
                .constant("IORING_OFF_SQES", UringLayout.OFF_SQES)
                .constant("IORING_SQ_NEED_WAKEUP", UringLayout.SQ_NEED_WAKEUP)
                .constant("IORING_SQ_CQ_OVERFLOW", UringLayout.SQ_CQ_OVERFLOW)
                .constant("IORING_SQ_TASKRUN", UringLayout.SQ_TASKRUN)
                .constant("IORING_ENTER_GETEVENTS", UringLayout.ENTER_GETEVENTS)
                .constant("IORING_ENTER_SQ_WAKEUP", UringLayout.ENTER_SQ_WAKEUP)
                .constant("IORING_ENTER_EXT_ARG", UringLayout.ENTER_EXT_ARG)
                .constant("IOSQE_FIXED_FILE", UringLayout.SQE_FIXED_FILE)
                .constant("IOSQE_BUFFER_SELECT", UringLayout.SQE_BUFFER_SELECT)
                .constant("IOSQE_CQE_SKIP_SUCCESS", UringLayout.SQE_CQE_SKIP_SUCCESS)
                .constant("IORING_OP_READ_FIXED", UringLayout.OP_READ_FIXED)
                .constant("IORING_OP_WRITE_FIXED", UringLayout.OP_WRITE_FIXED)
                .constant("IORING_OP_POLL_ADD", UringLayout.OP_POLL_ADD)
                .constant("IORING_OP_ASYNC_CANCEL", UringLayout.OP_ASYNC_CANCEL)
                .constant("IORING_OP_READ", UringLayout.OP_READ)
                .constant("IORING_OP_WRITE", UringLayout.OP_WRITE)
                .constant("IORING_POLL_ADD_MULTI", UringLayout.POLL_ADD_MULTI)
                .constant("IORING_ASYNC_CANCEL_ALL", UringLayout.CANCEL_ALL)
                .constant("IORING_ASYNC_CANCEL_ANY", UringLayout.CANCEL_ANY)
                .constant("IORING_REGISTER_PROBE", UringLayout.REGISTER_PROBE)
                .constant("IORING_REGISTER_ENABLE_RINGS", UringLayout.REGISTER_ENABLE_RINGS)
                .constant("IORING_REGISTER_FILES2", UringLayout.REGISTER_FILES2)
                .constant("IORING_REGISTER_FILES_UPDATE2", UringLayout.REGISTER_FILES_UPDATE2)
                .constant("IORING_REGISTER_BUFFERS2", UringLayout.REGISTER_BUFFERS2)
                .constant("IORING_REGISTER_BUFFERS_UPDATE", UringLayout.REGISTER_BUFFERS_UPDATE)
                .constant("IORING_REGISTER_IOWQ_MAX_WORKERS", UringLayout.REGISTER_IOWQ_MAX_WORKERS)
                .constant("IORING_REGISTER_PBUF_RING", UringLayout.REGISTER_PBUF_RING)
                .constant("IORING_REGISTER_SYNC_CANCEL", UringLayout.REGISTER_SYNC_CANCEL)
                .constant("IORING_RSRC_REGISTER_SPARSE", UringLayout.RSRC_REGISTER_SPARSE)
                .constant("IO_URING_OP_SUPPORTED", UringLayout.OP_SUPPORTED)
                .constant("IOSQE_IO_LINK", IoUring.LINK)
                .constant("IOSQE_ASYNC", IoUring.ASYNC)
                .constant("IORING_CQE_F_BUFFER", IoUring.HAS_BUFFER)
                .constant("IORING_CQE_F_MORE", IoUring.MORE)
                .constant("IORING_CQE_BUFFER_SHIFT", IoUring.BUFFER_SHIFT)
                .assertAgrees(folder);
    }

    @Test
    void shouldHaveTheNumbersOfTheCalls() throws Exception {
        CLayout.of("sys/syscall.h", "sched.h", "sys/mman.h").constant("SYS_io_uring_setup", 425)
                .constant("SYS_io_uring_enter", 426).constant("SYS_io_uring_register", 427)
                .constant("SCHED_IDLE", SchedulerCalls.SCHED_IDLE).constant("MAP_SHARED | MAP_POPULATE", 0x8001)
                .size("struct sched_param", 4).assertAgrees(folder);
    }

    @Test
    void shouldHaveThePlacesOfTheHeader() throws Exception {
        CLayout.of("linux/io_uring.h")
                .size("struct io_uring_params", UringLayout.PARAMS_BYTES)
                .offset("struct io_uring_params", "sq_entries", UringLayout.PARAMS_SQ_ENTRIES)
                .offset("struct io_uring_params", "cq_entries", UringLayout.PARAMS_CQ_ENTRIES)
                .offset("struct io_uring_params", "flags", UringLayout.PARAMS_FLAGS)
                .offset("struct io_uring_params", "sq_thread_idle", UringLayout.PARAMS_SQ_THREAD_IDLE)
                .offset("struct io_uring_params", "features", UringLayout.PARAMS_FEATURES)
                .offset("struct io_uring_params", "sq_off", UringLayout.PARAMS_SQ_OFF)
                .offset("struct io_uring_params", "cq_off", UringLayout.PARAMS_CQ_OFF)
                .offset("struct io_sqring_offsets", "head", UringLayout.SQ_OFF_HEAD)
                .offset("struct io_sqring_offsets", "tail", UringLayout.SQ_OFF_TAIL)
                .offset("struct io_sqring_offsets", "flags", UringLayout.SQ_OFF_FLAGS)
                .offset("struct io_sqring_offsets", "array", UringLayout.SQ_OFF_ARRAY)
                .offset("struct io_cqring_offsets", "head", UringLayout.CQ_OFF_HEAD)
                .offset("struct io_cqring_offsets", "tail", UringLayout.CQ_OFF_TAIL)
                .offset("struct io_cqring_offsets", "overflow", UringLayout.CQ_OFF_OVERFLOW)
                .offset("struct io_cqring_offsets", "cqes", UringLayout.CQ_OFF_CQES)
                .size("struct io_uring_getevents_arg", UringLayout.GETEVENTS_ARG_BYTES)
                .offset("struct io_uring_getevents_arg", "ts", UringLayout.GETEVENTS_ARG_TS)
                .size("struct io_uring_sqe", UringLayout.SQE_BYTES)
                .offset("struct io_uring_sqe", "flags", UringLayout.SQE_FLAGS)
                .offset("struct io_uring_sqe", "fd", UringLayout.SQE_FD)
                .offset("struct io_uring_sqe", "off", UringLayout.SQE_OFF)
                .offset("struct io_uring_sqe", "addr", UringLayout.SQE_ADDR)
                .offset("struct io_uring_sqe", "len", UringLayout.SQE_LEN)
                .offset("struct io_uring_sqe", "rw_flags", UringLayout.SQE_OP_FLAGS)
                .offset("struct io_uring_sqe", "poll32_events", UringLayout.SQE_OP_FLAGS)
                .offset("struct io_uring_sqe", "user_data", UringLayout.SQE_USER_DATA)
                .offset("struct io_uring_sqe", "buf_index", UringLayout.SQE_BUF)
                .offset("struct io_uring_sqe", "buf_group", UringLayout.SQE_BUF)
                .size("struct io_uring_cqe", UringLayout.CQE_BYTES)
                .offset("struct io_uring_cqe", "user_data", UringLayout.CQE_USER_DATA)
                .offset("struct io_uring_cqe", "res", UringLayout.CQE_RES)
                .offset("struct io_uring_cqe", "flags", UringLayout.CQE_FLAGS)
                .size("struct io_uring_rsrc_register", UringLayout.RSRC_REGISTER_BYTES)
                .offset("struct io_uring_rsrc_register", "nr", UringLayout.RSRC_REGISTER_NR)
                .offset("struct io_uring_rsrc_register", "flags", UringLayout.RSRC_REGISTER_FLAGS)
                .size("struct io_uring_rsrc_update2", UringLayout.RSRC_UPDATE2_BYTES)
                .offset("struct io_uring_rsrc_update2", "offset", UringLayout.RSRC_UPDATE2_OFFSET)
                .offset("struct io_uring_rsrc_update2", "data", UringLayout.RSRC_UPDATE2_DATA)
                .offset("struct io_uring_rsrc_update2", "nr", UringLayout.RSRC_UPDATE2_NR)
                .size("struct io_uring_buf_reg", UringLayout.BUF_REG_BYTES)
                .offset("struct io_uring_buf_reg", "ring_addr", UringLayout.BUF_REG_RING_ADDR)
                .offset("struct io_uring_buf_reg", "ring_entries", UringLayout.BUF_REG_RING_ENTRIES)
                .offset("struct io_uring_buf_reg", "bgid", UringLayout.BUF_REG_BGID)
                .size("struct io_uring_buf", UringLayout.BUF_BYTES)
                .offset("struct io_uring_buf", "addr", UringLayout.BUF_ADDR)
                .offset("struct io_uring_buf", "len", UringLayout.BUF_LEN)
                .offset("struct io_uring_buf", "bid", UringLayout.BUF_BID)
                .offset("struct io_uring_buf_ring", "tail", UringLayout.BUF_RING_TAIL)
                .size("struct io_uring_sync_cancel_reg", UringLayout.SYNC_CANCEL_BYTES)
                .offset("struct io_uring_sync_cancel_reg", "fd", UringLayout.SYNC_CANCEL_FD)
                .offset("struct io_uring_sync_cancel_reg", "flags", UringLayout.SYNC_CANCEL_FLAGS)
                .offset("struct io_uring_sync_cancel_reg", "timeout", UringLayout.SYNC_CANCEL_TIMEOUT)
                .size("struct io_uring_probe", UringLayout.PROBE_BYTES)
                .size("struct io_uring_probe_op", UringLayout.PROBE_OP_BYTES)
                .offset("struct io_uring_probe_op", "flags", UringLayout.PROBE_OP_FLAGS)
                .assertAgrees(folder);
    }
}
