"""``onestop lab``: logs under another law, logs against the law, early warnings, a made-up year, logs of a nation, proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.lab import folding, proving
from onestop_core.cli.lab.asking import run_audit, run_burden, run_compare, run_forecast, run_generate, run_replay
from onestop_core.cli.lab.laws import add_law
from onestop_core.cli.shell.common import add_format
from onestop_core.cli.shell.files import input_file

if TYPE_CHECKING:
    from onestop_core.cli.shell.parsing import Parser, Say

__all__ = ["register"]


def register(commands: Any) -> None:
    """Add the command and its parts to the command line."""
    say: Say = commands.say
    parts = commands.add_parser(
        "lab",
        help=say(
            vi="hồ sơ dưới một quy định khác; đối chiếu nhật ký với quy định; cảnh báo sớm; chứng minh",
            en="logs under another law; logs against the law; early warnings; proofs",
        ),
    ).add_subparsers(required=True, metavar=say(vi="PHẦN", en="PART"), dest="part")
    replay = parts.add_parser(
        "replay",
        help=say(
            vi="hồ sơ nào đổi hạn, mới quá hạn, có bước mới bị cấm dưới một quy định khác",
            en="who is moved, newly late or does what is newly forbidden under another law",
        ),
    )
    _add_logs(replay)
    add_law(replay, other=True)
    _add_now(replay)
    replay.add_argument(
        "--all",
        action="store_true",
        help=say(
            vi="trang HTML có mọi hồ sơ và mọi nhóm, không chỉ những dòng đầu",
            en="every dossier and every group on the HTML page, not only the first rows",
        ),
    )
    add_format(replay, "text", "json", "html")
    replay.set_defaults(run=run_replay)

    audit = parts.add_parser(
        "audit",
        help=say(vi="nhật ký có chỗ nào trái quy định của ngày đó", en="where logs broke the law of their day"),
    )
    _add_logs(audit)
    add_law(audit)
    _add_now(audit)
    audit.add_argument(
        "--unit",
        metavar=say(vi="ĐƠN-VỊ", en="UNIT"),
        help=say(vi="chỉ vi phạm của đơn vị này", en="only what was found with this unit"),
    )
    audit.add_argument(
        "--dossier",
        action="append",
        metavar=say(vi="MÃ", en="ID"),
        help=say(
            vi="chỉ hồ sơ này; dạng văn bản kể từng bước; dùng nhiều lần",
            en="only this dossier; as text, step by step; repeatable",
        ),
    )
    audit.add_argument(
        "--out",
        metavar=say(vi="TỆP", en="FILE"),
        help=say(
            vi="ghi thêm từng vi phạm vào tệp .xlsx (phần mở rộng office) hoặc .csv, có cột để đơn vị giải trình",
            en="write each finding as well, to an .xlsx (extra office) or .csv file with a column for the unit's answer",
        ),
    )
    add_format(audit, "text", "json", "html", "sarif")
    audit.set_defaults(run=run_audit)

    forecast = parts.add_parser(
        "forecast",
        help=say(
            vi="hồ sơ đang giải quyết nào sẽ trễ hạn dù các bước đúng định mức",
            en="which open cases will be late even if worked at budget",
        ),
    )
    _add_logs(forecast)
    add_law(forecast)
    forecast.add_argument(
        "--step",
        action="append",
        required=True,
        metavar=say(vi="VAI-TRÒ=THỜI-HẠN", en="ROLE=LIMIT"),
        help=say(
            vi="định mức của từng vai trò theo thứ tự, như “specialist=3 ngày làm việc”; dùng nhiều lần",
            en='budget of each role in order, such as "specialist=3 working days"; repeatable',
        ),
    )
    _add_now(forecast, required=True)
    add_format(forecast, "text", "json", "html")
    forecast.set_defaults(run=run_forecast)

    burden = parts.add_parser(
        "burden",
        help=say(
            vi="danh mục thủ tục làm người nộp và cơ quan tốn bao nhiêu; vì sao hồ sơ chậm",
            en="what a catalogue costs applicants and agencies; why dossiers were slow",
        ),
    )
    burden.add_argument(
        "catalogue",
        nargs="?",
        type=input_file,
        metavar=say(vi="DANH-MỤC.json", en="CATALOGUE.json"),
        help=say(vi="danh mục; không nêu: danh mục có sẵn", en="the catalogue; left out, the one that ships"),
    )
    burden.add_argument(
        "--logs",
        action="append",
        default=[],
        type=input_file,
        metavar=say(vi="NHẬT-KÝ", en="LOGS"),
        help=say(
            vi="nhật ký một năm: số hồ sơ của mỗi thủ tục, và vì sao chậm; dùng nhiều lần",
            en="logs of a year: how many dossiers, and why they were slow; repeatable",
        ),
    )
    burden.add_argument(
        "--on",
        metavar=say(vi="NGÀY", en="DATE"),
        help=say(vi="chỉ những gì có hiệu lực ngày đó", en="only what is in force that day"),
    )
    burden.add_argument(
        "--mapping",
        type=input_file,
        metavar=say(vi="TÊN.json", en="MAPPING.json"),
        help=say(
            vi="hệ thống khác gọi tên cột, bước, vai trò ra sao (lược đồ “log-mapping”)",
            en="how another system names columns, steps, roles (schema log-mapping)",
        ),
    )
    burden.add_argument(
        "--rate",
        action="append",
        default=[],
        metavar=say(vi="TÊN=SỐ", en="NAME=NUMBER"),
        help=say(
            vi="định mức đã đo, như “paper_hours=1.5” hoặc “income=48500”; không nêu: phỏng đoán của thư viện; dùng nhiều lần",
            en='a rate that was measured, such as "paper_hours=1.5" or "income=48500"; left out, a guess; repeatable',
        ),
    )
    burden.add_argument(
        "--procedure",
        action="append",
        default=[],
        metavar=say(vi="MÃ", en="CODE"),
        help=say(vi="chỉ thủ tục này, từng bước; dùng nhiều lần", en="this procedure alone, step by step; repeatable"),
    )
    add_format(burden, "text", "json", "html")
    burden.set_defaults(run=run_burden)

    compare = parts.add_parser(
        "compare",
        help=say(
            vi="hai kỳ so sánh theo ba giảm, ba tăng: thời gian, chi phí, vị trí, thủ tục, chất lượng, công khai, hài lòng",
            en="two periods by three reductions, three increases: time, cost, posts, procedures, quality, openness, satisfaction",
        ),
    )
    compare.add_argument(
        "periods",
        type=input_file,
        metavar=say(vi="HAI-KỲ.json", en="PERIODS.json"),
        help=say(
            vi="danh mục, nhật ký, đánh giá, vị trí, số liệu và quy định của mỗi kỳ (lược đồ “periods”)",
            en="catalogue, logs, ratings, posts, counts and law of each period (schema periods)",
        ),
    )
    add_format(compare, "text", "json", "html")
    compare.set_defaults(run=run_compare)

    generate = parts.add_parser(
        "generate",
        help=say(
            vi="tạo nhật ký giả lập của một tỉnh trong một năm, mỗi dòng một hồ sơ; tỷ lệ các việc là phỏng đoán, không phải thống kê",
            en="make up a province's year, one log a line; how often things happen is a guess, no statistics",
        ),
    )
    for name, default, vi, en in (
        ("dossiers", "1000", "số hồ sơ", "how many dossiers"),
        ("year", "2026", "năm", "the year"),
        ("seed", "1", "mầm ngẫu nhiên", "the seed"),
    ):
        generate.add_argument(
            f"--{name}",
            default=default,
            metavar=say(vi="SỐ", en="NUMBER"),
            help=say(vi=f"{vi}; {default}", en=f"{en}; {default}"),
        )
    generate.set_defaults(run=run_generate)
    folding.register(parts)
    proving.register(parts, "prove")


def _add_logs(parser: Parser) -> None:
    say = parser.say
    parser.add_argument(
        "logs",
        nargs="+",
        type=input_file,
        metavar=say(vi="NHẬT-KÝ", en="LOGS"),
        help=say(
            vi="nhật ký .json, .jsonl, .xes (khai phá quy trình) hoặc bảng .csv, .tsv, .xlsx của hệ thống khác",
            en="logs: .json, .jsonl, .xes or a table (.csv, .tsv, .xlsx) of another system",
        ),
    )
    parser.add_argument(
        "--mapping",
        type=input_file,
        metavar=say(vi="TÊN.json", en="MAPPING.json"),
        help=say(
            vi="hệ thống khác gọi tên cột, bước, vai trò ra sao (lược đồ “log-mapping”)",
            en="how another system names columns, steps, roles (schema log-mapping)",
        ),
    )


def _add_now(parser: Parser, *, required: bool = False) -> None:
    say = parser.say
    parser.add_argument(
        "--now",
        required=required,
        metavar=say(vi="THỜI-ĐIỂM", en="MOMENT"),
        help=say(
            vi="thời điểm xem xét, như “31/03/2026 17:00”" + ("" if required else "; không nêu: sự kiện cuối cùng"),
            en='the moment of looking, such as "2026-03-31 17:00"' + ("" if required else "; left out, the last event"),
        ),
    )
